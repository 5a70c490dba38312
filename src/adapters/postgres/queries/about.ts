import type { StoreAbout, storageGroups } from '../../../engine/ports/about.ts'
import type { Database } from '../database.ts'

type Group = (typeof storageGroups)[number]

/** By the beginning of a table's name; the first that fits. */
const groups: readonly (readonly [beginning: string, group: Group])[] = [
  ['message', 'messages'],
  ['body', 'messages'],
  ['delivery', 'deliveries'],
  ['lane', 'deliveries'],
  ['attempt', 'deliveries'],
  ['follow', 'deliveries'],
  ['audit', 'audit'],
  ['lookup', 'lookups'],
  ['catalogue', 'catalogues'],
  ['file', 'files'],
  ['problem', 'problems'],
  ['failure', 'problems'],
  ['plan', 'plans'],
  ['user', 'people'],
  ['web_session', 'people'],
  ['client', 'people'],
  ['api_key', 'people'],
]

const groupOf = (table: string): Group =>
  groups.find(([beginning]) => table.startsWith(beginning))?.[1] ?? 'other'

async function storageOf(database: Database): Promise<StoreAbout['storage']> {
  const tables = await database.ask<{ name: string; bytes: number; rows: number }>(
    `select c.relname as name, pg_total_relation_size(c.oid)::float8 as bytes, c.reltuples::float8 as rows
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'hub' and c.relkind in ('r', 'p')`,
    [],
  )
  const sums = new Map<Group, { group: Group; bytes: number; rows: number }>()
  for (const { name, bytes, rows } of tables) {
    const group = groupOf(name)
    const sum = sums.get(group) ?? { group, bytes: 0, rows: 0 }
    sums.set(group, { group, bytes: sum.bytes + bytes, rows: sum.rows + Math.max(0, rows) })
  }
  return {
    bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0),
    groups: [...sums.values()].sort((a, b) => b.bytes - a.bytes),
  }
}

const iso = (date: Date | undefined): string | null => date?.toISOString() ?? null

export async function aboutStore(database: Database): Promise<StoreAbout> {
  const [server, migrations, processes, releases, restored, storage] = await Promise.all([
    database.ask<{ version: string }>(`select current_setting('server_version') as version`, []),
    database.ask<{ number: number; name: string; at: Date }>(
      'select number, name, at from hub.migration order by number',
      [],
    ),
    database.ask<{ id: string; role: string; seen: number }>(
      `select id, role, extract(epoch from now() - seen_at)::float8 as seen from hub.process
       where seen_at > now() - interval '1 hour' order by seen_at desc limit 50`,
      [],
    ),
    database.ask<{ version: string; since: Date }>(
      'select version, at as since from hub.release order by id desc limit 20',
      [],
    ),
    database.ask<{ at: Date }>('select max(at) as at from hub.restoration', []),
    storageOf(database),
  ])
  return {
    postgres: server[0]?.version ?? '',
    migrations: migrations.map(({ number, name, at }) => ({ number, name, at: at.toISOString() })),
    processes: processes.map(({ id, role, seen }) => ({
      ...{ id, role },
      seenSecondsAgo: Math.max(0, Math.round(seen)),
    })),
    releases: releases.map(({ version, since }) => ({ version, since: since.toISOString() })),
    storage,
    restoredAt: iso(restored[0]?.at ?? undefined),
  }
}
