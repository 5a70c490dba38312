import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { completeHub, completeJob, completeSystem } from '../../../src/app/config/defaults.ts'

type Schema = {
  default?: unknown
  properties?: Record<string, Schema>
  $defs?: Record<string, Schema>
}

const schemaOf = (name: string): Schema =>
  JSON.parse(
    readFileSync(new URL(`../../../schemas/hub/${name}/v1.schema.json`, import.meta.url), 'utf8'),
  )

/** The defaults that a schema promises to editors, by path. */
function promised(schema: Schema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, part]) => {
      if (part.default !== undefined) return [[name, part.default]]
      const inner = promised(part)
      return Object.keys(inner).length > 0 ? [[name, inner]] : []
    }),
  )
}

const words = { vi: 'x', en: 'x' }

describe('defaults', () => {
  it('are those that the schemas promise', () => {
    const system = completeSystem({ id: 'x', connector: 'x', title: words, options: {} })
    expect(system).toMatchObject(promised(schemaOf('system')))
    const hub = completeHub({ province: 'H99', publicUrl: 'https://x.example' })
    expect(hub).toMatchObject(promised(schemaOf('hub')))
    const { push = {}, pull = {} } = schemaOf('job').$defs ?? {}
    const pushed = completeJob({ kind: 'push', id: 'x', title: words, types: [], to: 'x' })
    expect(pushed).toMatchObject(promised(push))
    const pulled = completeJob({
      kind: 'pull',
      id: 'x',
      title: words,
      from: 'x',
      operation: 'x',
      schedule: 'x',
    })
    expect(pulled).toMatchObject(promised(pull))
    expect(Object.keys(promised(schemaOf('system')))).toHaveLength(9)
  })

  it('keep what the file says, part by part', () => {
    const system = completeSystem({
      id: 'x',
      connector: 'x',
      title: words,
      options: {},
      circuit: { share: 0.9 },
      retry: { giveUpAfterHours: 1 },
    })
    expect(system.circuit).toMatchObject({ share: 0.9, consecutive: 5 })
    expect(system.retry).toEqual({
      stepsSeconds: [5, 30, 120, 600, 1800, 3600],
      giveUpAfterHours: 1,
    })
  })
})
