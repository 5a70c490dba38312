/**
 * Whether anything has changed, by what PostgreSQL counts of every table anyway: how many rows were added, changed
 * and removed. No table is read for it and nothing is written, so it costs the same at any size. A connection tells
 * its counts at most once a second, and up to ten seconds late when it falls idle: what people wait for is therefore
 * read as well, the newest message and problem and the plans under way, each from an index.
 */
import { type LiveStore, type LiveTopic, liveTopics } from '../../engine/ports/live.ts'
import type { Database } from './database.ts'

/** Which lists show what is in a table. */
const shownIn: Readonly<Record<string, readonly LiveTopic[]>> = {
  message: ['deliveries', 'dossiers', 'systems'],
  delivery: ['deliveries', 'dossiers', 'systems'],
  attempt: ['deliveries', 'dossiers'],
  failure: ['deliveries', 'problems', 'systems'],
  problem: ['deliveries', 'problems', 'systems'],
  problem_note: ['problems'],
  plan: ['plans'],
  plan_item: ['plans'],
  correction: ['corrections'],
  correction_message: ['corrections'],
  correction_place: ['corrections'],
  system_state: ['systems', 'pulls'],
  revision: ['systems', 'pulls'],
  pull: ['pulls'],
}
const tables = Object.keys(shownIn)

const marks = `
select t.name,
  concat_ws('.', pg_stat_get_tuples_inserted(t.id), pg_stat_get_tuples_updated(t.id),
    pg_stat_get_tuples_deleted(t.id),
    case t.name
      when 'message' then (select m.id::text from hub.message m order by m.id desc limit 1)
      when 'problem' then (select extract(epoch from max(last_seen))::text from hub.problem)
      when 'plan' then (
        select string_agg(concat_ws(' ', p.id, p.state, p.done, p.ok, p.failed, p.skipped), ',' order by p.id)
        from (select * from hub.plan where due_at is not null order by due_at limit 100) p
      )
    end) as mark
from (select name, to_regclass('hub.' || name)::oid as id from unnest($1::text[]) as names (name)) t`

export const createLiveStore = (database: Database): LiveStore => ({
  async marks() {
    const rows = await database.run<{ name: string; mark: string }>('live-marks', marks, [tables])
    const found = new Map<LiveTopic, string>()
    for (const topic of liveTopics) {
      const own = rows.filter(({ name }) => shownIn[name]?.includes(topic))
      found.set(topic, own.map(({ name, mark }) => `${name} ${mark}`).join(' '))
    }
    return found
  },
})
