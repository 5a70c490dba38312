import type { LookupLimits } from '../../domain/configuration.ts'
import type { LookupAdmission, LookupEntry, LookupStore } from '../../engine/ports/lookups.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'
import { isPaused } from './paused.ts'

/** One row a question: who asks what of which system is counted one after the other, so exactly. */
const lockBoth = `
select pg_advisory_xact_lock(hashtextextended(name, 4)) from unnest($1::text[]) name`

/** Seconds until the oldest of the last `$4` questions is an interval old; null: there are fewer. */
const restOf = (column: 'official' | 'client', interval: string): string => `
select ceil(extract(epoch from at + interval '${interval}' - now()))::int as rest from hub.lookup
where system = $1 and ${column === 'official' ? 'lower(official) = lower($2)' : 'client = $2'} and at > now() - interval '${interval}'
order by at desc offset $3 limit 1`

const quotas = [
  { of: 'official', text: restOf('official', '1 hour'), limit: 'perOfficialPerHour' },
  { of: 'client', text: restOf('client', '1 minute'), limit: 'perClientPerMinute' },
] as const

async function exhausted(
  run: Run,
  entry: LookupEntry,
  limits: LookupLimits,
): Promise<LookupAdmission | undefined> {
  // Always in this order, so that no two wait for each other.
  const names = [
    `client ${entry.client} of ${entry.system}`,
    `official ${entry.official.toLowerCase()} of ${entry.system}`,
  ]
  await run('lookup-lock', lockBoth, [names])
  for (const { of, text, limit } of quotas) {
    const [row] = await run<{ rest: number }>(`lookup-quota-${of}`, text, [
      entry.system,
      entry[of],
      limits[limit] - 1,
    ])
    if (row) return { kind: 'quota', of, retryAfterSeconds: Math.max(1, row.rest) }
  }
  return undefined
}

/** A question that was refused here is on record as well: somebody may be trying numbers. */
const refused = async (
  run: Run,
  entry: LookupEntry,
  admission: LookupAdmission,
): Promise<LookupAdmission> => {
  const { id, client, system, operation, official, unit, dossier, purpose } = entry
  await addAudit(run, {
    actor: `client:${client}`,
    action: 'lookup.refused',
    object: id,
    detail: JSON.stringify({
      ...{ why: admission.kind, system, operation, official, unit, dossier, purpose },
      citizen: hex(entry.citizen),
    }),
  })
  return admission
}

async function begin(run: Run, entry: LookupEntry, limits: LookupLimits): Promise<LookupAdmission> {
  // Officials of one client wait for each other here; a process that stands still must not hold up the rest.
  await run('lookup-patience', `select set_config('lock_timeout', '1500ms', true)`, [])
  const [paused] = await run<{ reason: string }>(
    'lookup-paused',
    `select coalesce(paused_reason, '') as reason from hub.system_state
     where system = $1 and ${isPaused()}`,
    [entry.system],
  )
  if (paused) return refused(run, entry, { kind: 'paused', reason: paused.reason })
  const full = await exhausted(run, entry, limits)
  if (full) return refused(run, entry, full)
  const { id, client, system, operation, official, unit, dossier, purpose, fields } = entry
  await run(
    'lookup-begin',
    `insert into hub.lookup
       (id, client, system, operation, official, unit, dossier, purpose, fields, citizen, question, record)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[id, client, system, operation, official, unit, dossier, purpose, fields],
      ...[entry.citizen && Buffer.from(entry.citizen), Buffer.from(entry.question), entry.record],
    ],
  )
  await addAudit(run, {
    actor: `client:${client}`,
    action: 'lookup.asked',
    object: id,
    detail: JSON.stringify({
      ...{ system, operation, official, unit, dossier, purpose, fields },
      citizen: hex(entry.citizen),
      question: hex(entry.question),
    }),
  })
  return { kind: 'begun' }
}

const hex = (bytes: Uint8Array | null): string | null => bytes && Buffer.from(bytes).toString('hex')

export function createLookupStore(database: Database): LookupStore {
  return {
    begin: (entry, limits) => database.transaction((run) => begin(run, entry, limits)),
    finish: (id, end) =>
      database.transaction(async (run) => {
        const [row] = await run<{ client: string }>(
          'lookup-finish',
          `update hub.lookup set outcome = $2, code = $3, answer = $4, duration_ms = $5
           where id = $1 returning client`,
          [id, end.outcome, end.code, end.answer && Buffer.from(end.answer), end.durationMs],
        )
        if (!row) throw new Error('an answer to a lookup that was never asked')
        const { outcome, code } = end
        await addAudit(run, {
          actor: `client:${row.client}`,
          action: 'lookup.answered',
          object: id,
          detail: JSON.stringify({ outcome, code, answer: hex(end.answer) }),
        })
      }),
  }
}
