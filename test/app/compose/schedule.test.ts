import { describe, expect, it } from 'vitest'
import { nextRun, nextRuns } from '../../../src/app/compose/schedule.ts'
import { completeJob } from '../../../src/app/config/defaults.ts'
import type { CatchUp, Configuration } from '../../../src/domain/configuration.ts'

const words = { vi: 'Lấy về', en: 'Pull' }
const configurationWith = (
  schedule: string,
  change: { enabled?: boolean; catchUp?: CatchUp } = {},
): Configuration => ({
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
      ...{ schedule, ...change },
    }),
  ],
})

const pausedUntil = (resumeAt: string | null) => ({
  ...{ since: '2026-11-22T00:00:00.000Z', by: 'cli:lan', reason: 'Nguồn bảo trì', code: null },
  resumeAt,
})
const planOf = (nextRunAt: Date, paused: ReturnType<typeof pausedUntil> | null = null) => ({
  ...{ job: 'lay-ve', nextRunAt, paused },
})

describe('schedule', () => {
  it('is read as in Vietnam', () => {
    const after = new Date('2026-11-22T16:59:59Z')
    expect(nextRun('0 0 * * *', after).toISOString()).toBe('2026-11-22T17:00:00.000Z')
  })

  it('tells the planned run and the four after it', () => {
    const planned = new Date('2026-11-22T03:04:05Z')
    expect(nextRuns(configurationWith('30 7 * * 1-5'), planOf(planned))).toEqual([
      '2026-11-22T03:04:05.000Z',
      '2026-11-23T00:30:00.000Z',
      '2026-11-24T00:30:00.000Z',
      '2026-11-25T00:30:00.000Z',
      '2026-11-26T00:30:00.000Z',
    ])
  })

  it('tells none of what will not run', () => {
    const planned = new Date()
    expect(nextRuns(configurationWith('* * * * *', { enabled: false }), planOf(planned))).toEqual(
      [],
    )
    expect(
      nextRuns(configurationWith('* * * * *'), { ...planOf(planned), job: 'another' }),
    ).toEqual([])
    expect(nextRuns(undefined, planOf(planned))).toEqual([])
  })

  it('tells what a pause leaves of it: made up for at its end, or passed over', () => {
    const planned = new Date('2026-11-22T03:00:00Z')
    const paused = planOf(planned, pausedUntil('2026-11-22T05:20:00.000Z'))
    const [first, second] = nextRuns(configurationWith('0 * * * *'), paused)
    expect([first, second]).toEqual(['2026-11-22T05:20:00.000Z', '2026-11-22T06:00:00.000Z'])
    const skipping = configurationWith('0 * * * *', { catchUp: 'skip' })
    expect(nextRuns(skipping, paused)[0]).toBe('2026-11-22T06:00:00.000Z')
    const over = planOf(planned, pausedUntil('2026-11-22T02:00:00.000Z'))
    expect(nextRuns(skipping, over)[0]).toBe(planned.toISOString())
    expect(nextRuns(skipping, planOf(planned, pausedUntil(null)))).toEqual([])
  })
})
