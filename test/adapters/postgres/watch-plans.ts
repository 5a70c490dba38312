/** The plans that the hub's own statements take, seen while the hub's own code runs them. */
import type pg from 'pg'
import type { Database } from '../../../src/adapters/postgres/database.ts'

const large = new Set(['message', 'body', 'delivery', 'lane', 'attempt', 'audit', 'follow'])

/** What one statement did under one kind of plan. */
export interface Look {
  /** Of the statement, and of the mode, for example `claim-64 (force_generic_plan)`. */
  readonly name: string
  /** The large tables that it read from end to end. */
  readonly scanned: readonly string[]
  /** Rows of large tables that it had in hand, those that it did not want included. */
  readonly rows: number
}

interface Node {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly Plans?: readonly Node[]
}

const nodesOf = (node: Node): readonly Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

const rowsOf = (node: Node): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops']

function lookAt(name: string, plan: Node): Look {
  const scans = nodesOf(plan).filter(
    (node) => node['Node Type'].endsWith('Scan') && large.has(node['Relation Name'] ?? ''),
  )
  return {
    name,
    scanned: scans.flatMap((node) =>
      node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : [],
    ),
    rows: scans.reduce((sum, node) => sum + rowsOf(node), 0),
  }
}

/** A parameter as EXECUTE takes it: what node-pg would send, as a literal. */
function literal(value: unknown): string {
  const text = (one: unknown): string => (one instanceof Date ? one.toISOString() : String(one))
  const quoted = (one: string): string => `'${one.replaceAll("'", "''")}'`
  if (value === null || value === undefined) return 'null'
  if (Buffer.isBuffer(value)) return quoted(`\\x${value.toString('hex')}`)
  if (!Array.isArray(value)) return quoted(text(value))
  const items = value.map((one) => (one === null ? 'NULL' : JSON.stringify(text(one))))
  return quoted(`{${items.join(',')}}`)
}

type Mode = 'force_generic_plan' | 'force_custom_plan'

let prepared = 0

/** Runs a statement with its own values, looks at the plan it took, and undoes it. */
async function explain(client: pg.PoolClient, mode: Mode, text: string, values: unknown[]) {
  prepared += 1
  const statement = `look_${prepared}`
  await client.query(`savepoint look; set local plan_cache_mode = ${mode}`)
  await client.query(`prepare ${statement} as ${text}`)
  const list = values.length > 0 ? `(${values.map(literal).join(', ')})` : ''
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `explain (analyze, timing off, format json) execute ${statement}${list}`,
  )
  await client.query('rollback to savepoint look')
  const plan = rows[0]?.['QUERY PLAN'][0].Plan
  if (!plan) throw new Error('there is no plan')
  return plan
}

/** Others have no plan: settings, table locks. */
const isPlanned = /^\s*\(?(with|select|insert|update|delete)\b/i
const both: readonly Mode[] = ['force_generic_plan', 'force_custom_plan']

/** The same database; `saw` is told of every statement, under every plan it can have, before it runs. */
export function watchPlans(real: Database, saw: (look: Look) => void): Database {
  const watched =
    (modes: readonly Mode[]): Database['transaction'] =>
    async (work) => {
      const client = await real.pool.connect()
      try {
        await client.query('begin')
        const result = await work(async (name, text, values) => {
          for (const mode of isPlanned.test(text) ? modes : [])
            saw(lookAt(`${name} (${mode})`, await explain(client, mode, text, values)))
          return (await client.query(text, values)).rows
        })
        await client.query('commit')
        return result
      } finally {
        // With it goes what was prepared, or a transaction that failed.
        client.release(true)
      }
    }
  return {
    ...real,
    transaction: watched(both),
    run: (name, text, values) => watched(both)((run) => run(name, text, values)),
    // What has no name is planned each time, for its values.
    ask: (text, values) => watched(['force_custom_plan'])((run) => run('ask', text, values)),
  }
}
