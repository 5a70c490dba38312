import { describe, expect, it } from 'vitest'
import { createCliWorld, hub } from '../../../support/cli.ts'

describe('live', () => {
  it('tells each change in a line, in JSON for machines', async () => {
    const told = await hub(createCliWorld(), 'live')
    expect([told.code, told.out]).toEqual([0, expect.stringMatching(/22\/11\/2026.* deliveries$/)])
    const machine = await hub(createCliWorld(), 'live --json')
    expect(JSON.parse(machine.out)).toEqual({
      at: '2026-11-22T03:04:05.000Z',
      topics: ['deliveries'],
    })
  })
})
