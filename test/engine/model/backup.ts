/**
 * A backup of the store, and the way back to it. Instead of a copy of the cluster: of the tables that hold
 * messages and what became of them, at one moment. Keys, revisions and the audit trail go on.
 */
import type { TestDatabase } from '../../support/database.ts'

export interface Backup {
  /** How many of each subject it holds. */
  readonly sent: Readonly<Record<string, number>>
  readonly receipts: ReadonlyMap<string, string>
  /** Whose leases it may hold. */
  readonly workers: readonly string[]
}

/** Those that others refer to first. */
const tables = [
  'message',
  'body',
  'lane',
  'lane_memo',
  'delivery',
  'attempt',
  'problem',
  'problem_hour',
  'problem_note',
  'failure',
  'system_state',
  'restoration',
]
const numbered = ['lane', 'problem', 'problem_note', 'restoration']
const all = (schema: string): string => tables.map((table) => `${schema}.${table}`).join()

export const emptyStore = ({ sql }: TestDatabase): Promise<unknown> => sql(`truncate ${all('hub')}`)

/** Where backups are kept. Once for each database. */
export const prepareBackups = ({ sql }: TestDatabase): Promise<unknown> =>
  sql(
    [
      'create schema backup',
      ...tables.map((one) => `create table backup.${one} (like hub.${one})`),
    ].join(';'),
  )

/** All tables as they are at one moment, whatever the workers are at. */
export const backUp = ({ sql }: TestDatabase): Promise<unknown> =>
  sql(
    [
      'begin isolation level repeatable read',
      ...tables.map((one) => `delete from backup.${one}`),
      ...tables.map((one) => `insert into backup.${one} select * from hub.${one}`),
      'commit',
    ].join(';'),
  )

/** Only while no worker is there. */
export const putBack = ({ sql }: TestDatabase): Promise<unknown> =>
  sql(
    [
      'begin',
      `truncate ${all('hub')}`,
      ...tables.map(
        (one) => `insert into hub.${one} overriding system value select * from backup.${one}`,
      ),
      // A number that the lost store had given is given again.
      ...numbered.map(
        (one) => `select setval(pg_get_serial_sequence('hub.${one}', 'id'),
          (select coalesce(max(id), 0) + 1 from hub.${one}), false)`,
      ),
      'commit',
    ].join(';'),
  )
