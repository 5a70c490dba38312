import { describe, expect, it } from 'vitest'
import { type PullJob, type PushJob, routesOf } from '../../src/domain/configuration.ts'

const push = (id: string, change: Partial<PushJob> = {}): PushJob => ({
  kind: 'push',
  id,
  title: { vi: id, en: id },
  enabled: true,
  sources: [],
  types: ['upserted'],
  to: 'portal',
  policy: 'block',
  ...change,
})
const pull: PullJob = {
  kind: 'pull',
  id: 'fetch',
  title: { vi: '', en: '' },
  enabled: true,
  from: 'portal',
  operation: 'changes',
  schedule: '* * * * *',
  overlapSeconds: 0,
  catchUp: 'one',
}
const message = { source: 'urn:tthc:h99', type: 'upserted' }

describe('configuration', () => {
  it('sends a message to every system that a job names, each once', () => {
    const jobs = [push('a'), push('b', { to: 'axis' }), push('c'), pull]
    expect(routesOf(jobs, message)).toEqual([
      { system: 'portal', job: 'a', policy: 'block' },
      { system: 'axis', job: 'b', policy: 'block' },
    ])
  })

  it('lets the first job that takes the message decide the policy', () => {
    const jobs = [
      push('other-type', { types: ['rated'], policy: 'skip' }),
      push('other-source', { sources: ['urn:other'], policy: 'skip' }),
      push('off', { enabled: false, policy: 'skip' }),
      push('mine', { policy: 'supersede' }),
      push('late', { policy: 'skip' }),
    ]
    expect(routesOf(jobs, message)).toEqual([
      { system: 'portal', job: 'mine', policy: 'supersede' },
    ])
  })

  it('listens to every source when none is named, else to exactly those', () => {
    const jobs = [push('a', { sources: ['urn:tthc:h9', 'urn:tthc:h99'] })]
    expect(routesOf(jobs, message)).toHaveLength(1)
    expect(routesOf(jobs, { ...message, source: 'urn:tthc:h999' })).toEqual([])
  })

  it('sends a message nowhere when no job wants it', () => {
    expect(routesOf([pull, push('a', { types: [] })], message)).toEqual([])
  })
})
