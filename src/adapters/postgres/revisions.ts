import { isDeepStrictEqual } from 'node:util'
import type { Configuration } from '../../domain/configuration.ts'
import type { ConfigurationChange, RevisionStore } from '../../engine/ports/configuration.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import { addAudit, auditDetail } from './audit.ts'
import type { Database } from './database.ts'

interface Row {
  id: number
  content: Configuration
}

type Made = ReturnType<ConfigurationChange>
type Make = (
  newest: Configuration | undefined,
) => Pick<Made, 'configuration'> & Partial<Pick<Made, 'told'>>

/** Systems that are not what they were. */
const changedSystems = (before: Configuration | undefined, now: Configuration): string[] =>
  now.systems
    .filter(
      (system) =>
        !isDeepStrictEqual(
          system,
          before?.systems.find(({ id }) => id === system.id),
        ),
    )
    .map(({ id }) => id)

export function createRevisionStore(database: Database): RevisionStore {
  const newest = 'select id, content from hub.revision order by id desc limit 1'
  const add = (make: Make, act: Act) =>
    database.transaction(async (run) => {
      await run('revision-lock', 'lock table hub.revision in share row exclusive mode', [])
      const [current] = await run<Row>('revision-current', newest, [])
      const { configuration, told } = make(current?.content)
      const content = JSON.stringify(configuration)
      const written: Configuration = JSON.parse(content)
      if (current && isDeepStrictEqual(current.content, written))
        return { id: current.id, changed: false }
      const [row] = await run<{ id: number }>(
        'revision-add',
        'insert into hub.revision (author, reason, content) values ($1, $2, $3) returning id',
        [act.actor, act.reason, content],
      )
      if (!row) throw new Error('the new revision has no id')
      // Whoever has just corrected an address should not have to wait for the next probe.
      await run(
        'revision-probe',
        `update hub.system_state set probe_at = now()
         where circuit = 'open' and system = any($1)`,
        [changedSystems(current?.content, written)],
      )
      await addAudit(run, {
        actor: act.actor,
        action: 'revision.applied',
        object: String(row.id),
        detail: act.reason,
      })
      if (told) {
        const { action, object, before, after } = told
        const detail = auditDetail({ reason: act.reason, before, after, revision: row.id })
        await addAudit(run, { actor: act.actor, action, object, detail })
      }
      return { id: row.id, changed: true }
    })
  return {
    async current() {
      const [row] = await database.run<Row>('revision-current', newest, [])
      return row && { id: row.id, configuration: row.content }
    },
    apply: (configuration, act) => add(() => ({ configuration }), act),
    change: (change, act) => add(change, act),
    async list(limit) {
      const rows = await database.run<{ id: number; at: Date; author: string; reason: string }>(
        'revision-list',
        'select id, at, author, reason from hub.revision order by id desc limit $1',
        [limit],
      )
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
    },
    async get(id) {
      const [row] = await database.run<Row>(
        'revision-get',
        'select id, content from hub.revision where id = $1',
        [id],
      )
      return row && { id: row.id, configuration: row.content }
    },
  }
}
