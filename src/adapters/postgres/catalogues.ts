import { HubError } from '../../domain/errors.ts'
import type {
  CatalogueChange,
  CatalogueItem,
  CatalogueStore,
  CatalogueWrite,
} from '../../engine/ports/catalogues.ts'
import { addAudit } from './audit.ts'
import type { Database, Run } from './database.ts'

interface ItemRow {
  code: string
  period: string
  version: number
  hash: Buffer
  identity: string | null
  mark: string | null
  read_at: Date
  seen: number
  vanished: boolean
}

const itemColumns =
  'i.code, i.period, i.version, i.hash, i.identity, i.mark, i.read_at, i.seen, i.vanished'

const itemOf = ({ identity, mark, read_at, ...row }: ItemRow): CatalogueItem => ({
  ...row,
  identity: identity ?? undefined,
  mark: mark ?? undefined,
  readAt: read_at,
})

/**
 * Writers of a catalogue stand in line here, so that `changed_at` and `revision` grow in the order of
 * the commits: a client that has read up to one of them misses nothing later.
 */
async function takeTurn(run: Run, write: CatalogueWrite): Promise<void> {
  await run(
    'catalogue-first',
    'insert into hub.catalogue (name) values ($1) on conflict do nothing',
    [write.catalogue],
  )
  const taken = await run(
    'catalogue-turn',
    `update hub.catalogue set turn = turn + 1,
       revision = revision + $3::int, changed_at = case when $3::int > 0 then clock_timestamp() else changed_at end,
       source = case when $4::int is null then source else $5 end, listing = coalesce($4::int, listing),
       completed_at = case when $6 then clock_timestamp() else completed_at end,
       may_shrink = may_shrink and not $6
     where name = $1 and turn = $2 returning name`,
    [
      write.catalogue,
      write.turn,
      write.changes.length > 0 ? 1 : 0,
      write.listing ?? null,
      write.source,
      write.complete,
    ],
  )
  if (taken.length === 0) throw new HubError('state-conflict')
}

const touch = `
update hub.catalogue_item i
set seen = coalesce($2::int, i.seen), mark = coalesce(t.mark, i.mark),
  read_at = case when t.read then now() else i.read_at end
from unnest($3::text[], $4::text[], $5::text[], $6::bool[]) as t (code, period, mark, read)
where i.catalogue = $1 and i.code = t.code and i.period = t.period`

/** A period the source states is what it says; any other ends on the day before the next version's. */
const closeVersions = `
update hub.catalogue_version v
set until = c.changed_at,
  valid_to = case when v.stated then v.valid_to else $4::date end
from hub.catalogue c, unnest($2::text[], $3::text[]) as t (code, period)
where c.name = $1 and v.catalogue = $1 and v.code = t.code and v.period = t.period and v.until is null`

const addVersions = `
insert into hub.catalogue_version
  (catalogue, code, period, version, change, content, hash, identity, stated, valid_from, valid_to, since)
select $1, t.code, t.period, t.version, t.change, t.content::json, t.hash, t.identity, t.stated,
  t.valid_from, t.valid_to, c.changed_at
from hub.catalogue c, unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::bytea[],
  $8::text[], $9::bool[], $10::date[], $11::date[])
  as t (code, period, version, change, content, hash, identity, stated, valid_from, valid_to)
where c.name = $1`

/** What has vanished keeps the number of the listing that showed it last. */
const putItems = `
insert into hub.catalogue_item as i
  (catalogue, code, period, version, hash, identity, mark, read_at, seen, vanished, changed_at,
   problem, problem_since)
select $1, t.code, t.period, t.version, t.hash, t.identity, t.mark, now(), coalesce($2::int, 0),
  t.change = 'vanished', c.changed_at,
  case when t.change in ('vanished', 'reissued') then t.change end,
  case when t.change in ('vanished', 'reissued') then c.changed_at end
from hub.catalogue c, unnest($3::text[], $4::text[], $5::int[], $6::bytea[], $7::text[], $8::text[],
  $9::text[]) as t (code, period, version, hash, identity, mark, change)
where c.name = $1
on conflict (catalogue, code, period) do update set
  version = excluded.version, hash = excluded.hash, identity = excluded.identity, mark = excluded.mark,
  read_at = excluded.read_at, vanished = excluded.vanished, changed_at = excluded.changed_at,
  seen = case when excluded.vanished or $2::int is null then i.seen else excluded.seen end,
  problem = case when excluded.problem is not null then excluded.problem
    when i.vanished then null else i.problem end,
  problem_since = case when excluded.problem is not null then excluded.problem_since
    when i.vanished then null else i.problem_since end`

/** In the transaction of the messages that tell of it. Throws `state-conflict` when it is out of date. */
export async function writeCatalogue(run: Run, write: CatalogueWrite): Promise<void> {
  const { catalogue, changes, seen } = write
  const listing = write.listing ?? null
  await takeTurn(run, write)
  if (seen.length > 0)
    await run('catalogue-touch', touch, [
      ...[catalogue, listing, seen.map(({ code }) => code), seen.map(({ period }) => period)],
      ...[seen.map(({ mark }) => mark ?? null), seen.map(({ read }) => read)],
    ])
  if (changes.length === 0) return
  const column = <K extends keyof CatalogueChange>(name: K) =>
    changes.map((change) => change[name] ?? null)
  const hashes = changes.map(({ hash }) => Buffer.from(hash))
  const [codes, periods] = [column('code'), column('period')]
  await run('catalogue-close', closeVersions, [catalogue, codes, periods, write.dayBefore])
  await run('catalogue-versions', addVersions, [
    ...[catalogue, codes, periods, column('version'), column('change'), column('content'), hashes],
    ...[column('identity'), column('stated'), column('validFrom'), column('validTo')],
  ])
  await run('catalogue-items', putItems, [
    ...[catalogue, listing, codes, periods, column('version'), hashes],
    ...[column('identity'), column('mark'), column('change')],
  ])
}

const standingOf = `
select c.turn, c.source, c.listing, c.completed_at is not null as complete, c.may_shrink,
  (select count(*)::int from hub.catalogue_item i where i.catalogue = c.name and not i.vanished) as live
from hub.catalogue c where c.name = $1`

interface StandingRow {
  turn: string
  source: string | null
  listing: number
  complete: boolean
  may_shrink: boolean
  live: number
}

export function createCatalogueStore(database: Database): CatalogueStore {
  return {
    async standing(catalogue) {
      const [row] = await database.run<StandingRow>('catalogue-standing', standingOf, [catalogue])
      if (!row)
        return {
          ...{ turn: '0', source: undefined, listing: 0, complete: false },
          ...{ mayShrink: false, live: 0 },
        }
      const { may_shrink, source, ...rest } = row
      return { ...rest, source: source ?? undefined, mayShrink: may_shrink }
    },
    async items(catalogue, keys) {
      const rows = await database.run<ItemRow>(
        'catalogue-items-of',
        `select ${itemColumns} from hub.catalogue_item i
         join (select distinct * from unnest($2::text[], $3::text[]) as k (code, period)) k
           on k.code = i.code and k.period = i.period
         where i.catalogue = $1`,
        [catalogue, keys.map(({ code }) => code), keys.map(({ period }) => period)],
      )
      return rows.map(itemOf)
    },
    async unseen(catalogue, listing) {
      const rows = await database.run<ItemRow>(
        'catalogue-unseen',
        `select ${itemColumns} from hub.catalogue_item i
         where i.catalogue = $1 and i.seen < $2 and not i.vanished order by i.code, i.period`,
        [catalogue, listing],
      )
      return rows.map(itemOf)
    },
    allowShrink: (catalogue, act) =>
      acted(database, catalogue, act, 'catalogue.shrink-allowed', (run) =>
        run(
          'catalogue-allow',
          'update hub.catalogue set may_shrink = true where name = $1 returning name',
          [catalogue],
        ),
      ),
    closeProblem: (catalogue, code, act) =>
      acted(database, `${catalogue}/${code}`, act, 'catalogue.problem-closed', (run) =>
        run(
          'catalogue-close-problem',
          `update hub.catalogue_item set problem = null, problem_since = null
           where catalogue = $1 and code = $2 and problem is not null returning code`,
          [catalogue, code],
        ),
      ),
    async loaded(catalogue, entries, act) {
      await database.transaction((run) =>
        addAudit(run, {
          actor: act.actor,
          action: 'catalogue.loaded',
          object: catalogue,
          detail: JSON.stringify({ entries, reason: act.reason }),
        }),
      )
    },
  }
}

/** What a person does, with its audit row; false when there is nothing to do it to. */
const acted = (
  database: Database,
  object: string,
  { actor, reason }: { readonly actor: string; readonly reason: string },
  action: string,
  change: (run: Run) => Promise<readonly unknown[]>,
): Promise<boolean> =>
  database.transaction(async (run) => {
    const rows = await change(run)
    if (rows.length > 0) await addAudit(run, { actor, action, object, detail: reason })
    return rows.length > 0
  })
