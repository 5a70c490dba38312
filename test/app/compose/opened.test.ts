import { expect, it } from 'vitest'
import { createOpened } from '../../../src/app/compose/opened.ts'

it('closes in the opposite order, once, whatever fails', async () => {
  const opened = createOpened()
  const closed: string[] = []
  opened.add(() => void closed.push('store'))
  opened.add(async () => {
    closed.push('queue')
    throw new Error('the queue is away')
  })
  opened.add(async () => void closed.push('worker'))
  await expect(opened.close()).rejects.toThrow('the queue is away')
  await opened.close()
  expect(closed).toEqual(['worker', 'queue', 'store'])
})
