import { describe, expect, it } from 'vitest'
import { createCodeTables } from '../../../src/adapters/connectors/code-tables.ts'
import type { Evaluate, Evaluated } from '../../../src/connector/contract.ts'
import { ConnectorError, later } from '../../../src/connector/errors.ts'
import { createMapping, type MappingRow } from '../../../src/connector/mapping/mapping.ts'

const codes = createCodeTables({
  status: [{ canonical: 'accepted', remote: '2', validFrom: '', validTo: '' }],
})
const at = new Date('2026-03-05T01:00:00Z')
const why = { vi: 'hỏng', en: 'broken' }

/** Answers by the text of the expression, and remembers what it was asked. */
function world(answers: Readonly<Record<string, Evaluated | ((input: unknown) => Evaluated)>>) {
  const asked: { expression: string; input: unknown; signal: AbortSignal | undefined }[] = []
  const evaluate: Evaluate = async (expression, input, signal) => {
    asked.push({ expression, input, signal })
    const answer = answers[expression]
    if (!answer) throw later('expression-unavailable')
    return typeof answer === 'function' ? answer(input) : answer
  }
  const map = (rows: readonly MappingRow[], input: unknown, signal?: AbortSignal) =>
    createMapping(rows, 'toRemote', { codes, evaluate })(input, at, signal)
  return { asked, map }
}
const gives = (value: unknown): Evaluated => ({ ok: true, value })
const failed: Evaluated = { ok: false, why }
const faultsOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no fault',
    (error: unknown) => {
      if (!(error instanceof ConnectorError)) throw error
      return [error.code, ...error.faults.map(({ pointer, rule }) => `${pointer} ${rule}`)]
    },
  )

describe('expressions in a mapping', () => {
  it('read what the pointers read, and are written in the order of the rows', async () => {
    const { asked, map } = world({
      sum: gives(3),
      each: (item) => gives((item as { n: number }).n * 10),
    })
    const input = { a: 1, list: [{ n: 1 }, { n: 2 }] }
    const { signal } = new AbortController()
    const made = await map(
      [
        { to: '/first', from: '/a' },
        { to: '/deep/sum', expression: 'sum' },
        { to: '/items', each: '/list', rows: [{ to: '/ten', expression: 'each' }] },
        { to: '/last', constant: 'x' },
      ],
      input,
      signal,
    )
    expect(JSON.stringify(made)).toBe(
      '{"first":1,"deep":{"sum":3},"items":[{"ten":10},{"ten":20}],"last":"x"}',
    )
    expect(asked).toEqual([
      { expression: 'sum', input, signal },
      { expression: 'each', input: { n: 1 }, signal },
      { expression: 'each', input: { n: 2 }, signal },
    ])
  })

  it('go on to code tables, dates and types', async () => {
    const { map } = world({ s: gives('accepted'), d: gives('2026-03-05'), n: gives('12') })
    expect(
      await map(
        [
          { to: '/s', expression: 's', codes: 'status' },
          { to: '/d', expression: 'd', date: 'dd/MM/yyyy' },
          { to: '/n', expression: 'n', as: 'number' },
        ],
        {},
      ),
    ).toEqual({ s: '2', d: '05/03/2026', n: 12 })
  })

  it('leave out what they do not find, where that is allowed', async () => {
    const { map } = world({ none: gives(undefined), nil: gives(null), empty: gives('') })
    const rows = ['none', 'nil', 'empty'].map((expression) => ({
      to: `/${expression}`,
      expression,
    }))
    expect(
      await map(
        rows.map((row) => ({ ...row, required: false })),
        {},
      ),
    ).toEqual({})
    expect(await faultsOf(map(rows, {}))).toEqual([
      'mapping-failed',
      '/none required',
      '/nil required',
      '/empty required',
    ])
  })

  it('are told with all other faults, by the place they were to be written to', async () => {
    const { map } = world({ bad: failed, text: gives('unheard'), odd: gives({ a: 1 }) })
    const rows: MappingRow[] = [
      { to: '/x', from: '/missing' },
      { to: '/y', expression: 'bad' },
      { to: '/z', each: '/list', rows: [{ to: '/w', expression: 'bad' }] },
      { to: '/s', expression: 'text', codes: 'status' },
      { to: '/t', expression: 'odd', as: 'text' },
    ]
    expect(await faultsOf(map(rows, { list: [1] }))).toEqual([
      'code-untranslated',
      '/missing required',
      '/y expression',
      '/list/0/w expression',
      '/s code-table',
      '/t type',
    ])
    const error = await map([{ to: '/y', expression: 'bad' }], {}).catch((thrown) => thrown)
    expect(error.outcome.kind).toBe('permanent')
    expect(error.faults).toEqual([{ pointer: '/y', rule: 'expression', ...why }])
  })

  it('let through what says that nobody can evaluate now', async () => {
    const { map } = world({})
    const error = await map([{ to: '/y', expression: 'y' }], {}).catch((thrown) => thrown)
    expect(error.outcome).toMatchObject({ kind: 'retry', code: 'expression-unavailable' })
  })

  it('are asked by nobody who has none', async () => {
    const { asked, map } = world({})
    await map([{ to: '/a', constant: 1 }], {})
    expect(asked).toEqual([])
  })

  it('make a system misconfigured where they are switched off, within lists too', () => {
    const off = (rows: MappingRow[]) => () =>
      createMapping(rows, 'toRemote', { codes, evaluate: undefined })
    const row = { to: '/a', expression: '1' }
    expect(off([row])).toThrow(ConnectorError)
    expect(off([{ to: '/l', each: '/l', rows: [row] }])).toThrow(ConnectorError)
    expect(off([{ to: '/a', constant: '1' }])).not.toThrow()
  })
})
