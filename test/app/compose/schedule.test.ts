import { describe, expect, it } from 'vitest'
import { nextRun, nextRuns } from '../../../src/app/compose/schedule.ts'
import { completeJob } from '../../../src/app/config/defaults.ts'
import type { Configuration } from '../../../src/domain/configuration.ts'

const words = { vi: 'Lấy về', en: 'Pull' }
const configurationWith = (schedule: string, enabled = true): Configuration => ({
  hub: {
    province: 'H99',
    publicUrl: 'https://hub.test',
    retention: { bodiesDays: 1, evidenceDays: 1, filesDays: 1 },
  },
  systems: [],
  codes: {},
  jobs: [
    completeJob({
      ...{ kind: 'pull', id: 'lay-ve', title: words, from: 'tthc', operation: 'changes' },
      ...{ schedule, enabled },
    }),
  ],
})

describe('schedule', () => {
  it('is read as in Vietnam', () => {
    const after = new Date('2026-11-22T16:59:59Z')
    expect(nextRun('0 0 * * *', after).toISOString()).toBe('2026-11-22T17:00:00.000Z')
  })

  it('tells the planned run and the four after it', () => {
    const planned = new Date('2026-11-22T03:04:05Z')
    expect(nextRuns(configurationWith('30 7 * * 1-5'), 'lay-ve', planned)).toEqual([
      '2026-11-22T03:04:05.000Z',
      '2026-11-23T00:30:00.000Z',
      '2026-11-24T00:30:00.000Z',
      '2026-11-25T00:30:00.000Z',
      '2026-11-26T00:30:00.000Z',
    ])
  })

  it('tells none of what will not run', () => {
    const planned = new Date()
    expect(nextRuns(configurationWith('* * * * *', false), 'lay-ve', planned)).toEqual([])
    expect(nextRuns(configurationWith('* * * * *'), 'another', planned)).toEqual([])
    expect(nextRuns(undefined, 'lay-ve', planned)).toEqual([])
  })
})
