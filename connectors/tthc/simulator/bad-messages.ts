/** Messages that are wrong on purpose, so that a demo or a chaos run can show what becomes of them. */
import type { Dossier, IncomingMessage } from '../../../src/connector/index.ts'

/**
 *   schema-fault   refused at the door: a required field is missing and a time has the portal's form
 *   long-note      refused at the door: the note has 2,001 characters, one more than the portal takes
 *   unknown-code   accepted; no code table translates the database it names
 *   refused        accepted; the portal does not know the procedure
 */
export const badKinds = ['schema-fault', 'long-note', 'unknown-code', 'refused'] as const
export type BadKind = (typeof badKinds)[number]

/** A procedure that nobody has published; portal simulators refuse it. */
const unpublishedProcedure = '9.999999'
/** A database that is in no code table. */
const unknownDatabase = 'no-such-database'

/** Whether the hub accepts such a message at all. */
export const isAccepted = (kind: BadKind): boolean => kind === 'unknown-code' || kind === 'refused'

/** The same message, made wrong; undefined when it carries no snapshot. */
export function spoiled(message: IncomingMessage, kind: BadKind): IncomingMessage | undefined {
  if (message.type !== 'vn.tthc.dossier.upserted.v1') return undefined
  const { dossier } = message.data as { dossier: Dossier }
  return { ...message, data: { dossier: spoil(dossier, kind) } }
}

function spoil(dossier: Dossier, kind: BadKind): unknown {
  switch (kind) {
    case 'schema-fault': {
      const { summary: _left, ...rest } = dossier
      return { ...rest, submittedAt: '20240101073000' }
    }
    case 'long-note':
      return { ...dossier, note: 'ghi chú quá dài '.repeat(126).slice(0, 2001) }
    case 'unknown-code':
      return { ...dossier, databasesConsulted: [...dossier.databasesConsulted, unknownDatabase] }
    case 'refused':
      return { ...dossier, procedure: { ...dossier.procedure, code: unpublishedProcedure } }
  }
}
