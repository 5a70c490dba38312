/**
 * What a record costs by a mapping table and by a table with one expression: `npm run bench:expressions`.
 * Every round goes over both, in turn; medians of the rounds.
 */
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import { createEvaluator } from '../../src/adapters/expressions/evaluator.ts'
import { createMapping, type MappingRow } from '../../src/connector/mapping/mapping.ts'
import { quietLogger } from '../support/quiet-logger.ts'

const rounds = 9
const fields = Array.from({ length: 30 }, (_, index) => `f${index}`)
const codes = createCodeTables({
  status: [{ canonical: 'accepted', remote: '2', validFrom: '', validTo: '' }],
})
const flat: MappingRow[] = fields.map((name) => ({ to: `/${name}`, from: `/data/${name}` }))
const table: MappingRow[] = [
  ...flat,
  { to: '/status', from: '/data/status', codes: 'status' },
  { to: '/at', from: '/data/at', date: 'yyyyMMddHHmmss' },
  { to: '/source', constant: 'H99' },
  { to: '/fees', each: '/data/fees', rows: [{ to: '/amount', from: '/amount', as: 'text' }] },
]
const record = {
  subject: 'H99.01-260305-0001',
  data: {
    ...Object.fromEntries(fields.map((name) => [name, `value of ${name}`])),
    ...{ status: 'accepted', at: '2026-03-05T08:30:00+07:00' },
    fees: [{ amount: 15_000 }, { amount: 20_000 }],
  },
}
const at = new Date('2026-03-05T01:00:00Z')

const evaluator = createEvaluator({ log: quietLogger })
const { evaluate } = evaluator
const made = (rows: readonly MappingRow[]) => createMapping(rows, 'toRemote', { codes, evaluate })
const contestants = [
  { name: '30 fields copied', map: made(flat), times: 3_000 },
  { name: '34 rows: fields, a code, a time, a list', map: made(table), times: 3_000 },
  {
    name: 'the same, and one expression',
    map: made([...table, { to: '/total', expression: '$sum(data.fees.amount)' }]),
    times: 60,
  },
]

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN

const seen = contestants.map(() => ({ wall: [] as number[], cpu: [] as number[] }))
for (let round = 0; round <= rounds; round += 1)
  for (const [index, { map, times }] of contestants.entries()) {
    const begun = process.hrtime.bigint()
    const cpu = process.cpuUsage()
    for (let n = 0; n < times; n += 1) await map(record, at)
    const used = process.cpuUsage(cpu)
    const wall = Number(process.hrtime.bigint() - begun) / 1_000
    // The first round warms up.
    if (round === 0) continue
    seen[index]?.wall.push(wall / times)
    seen[index]?.cpu.push((used.user + used.system) / times)
  }
await evaluator.close()
for (const [index, { name }] of contestants.entries()) {
  const { wall = [], cpu = [] } = seen[index] ?? {}
  const figures = `${median(wall).toFixed(1)} µs, of it ${median(cpu).toFixed(1)} µs of this process`
  console.log(`${name}: ${figures}`)
}
