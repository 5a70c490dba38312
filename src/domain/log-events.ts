/** Every event name a log line may carry. `info` state changed, `warn` someone may have to act, `error` our bug or broken infrastructure. */
export const logEvents = [
  'process.starting',
  'process.ready',
  'process.stopping',
  'process.stopped',
  'process.fault',
  'postgres.started',
  'postgres.stopped',
  'store.migrated',
  'store.restored',
  'store.unavailable',
  'request.served',
  'request.failed',
  'access.refused',
  'message.accepted',
  'delivery.attempted',
  'delivery.intervened',
  'delivery.sent-late',
  'lane.lost',
  'system.paused',
  'system.resumed',
  'system.misconfigured',
  'circuit.opened',
  'circuit.closed',
  'wakeup.failed',
  'wakeup.rebuilt',
  'sweep.failed',
  'drain.failed',
  'lookup.answered',
  'lookup.failed',
  'pull.finished',
  'pull.failed',
  'pull.skipped',
  'pull.paused',
  'pull.resumed',
  'pull.rewound',
  'plan.prepared',
  'plan.paused',
  'plan.finished',
  'plan.failed',
  'file.kept',
  'file.left',
  'catalogue.changed',
  'catalogue.vanished',
  'catalogue.reissued',
  'catalogue.shrunk',
  'catalogue.incomplete',
  'problem.resolved',
  'prune.finished',
  'prune.failed',
  'revision.applied',
  'revision.invalid',
  'audit.sealed',
  'audit.failed',
  'key.rotated',
  'user.changed',
  'sign-in.failed',
  'session.unshared',
  'connector.broken',
  'expressions.restarted',
] as const
export type LogEvent = (typeof logEvents)[number]

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

/** The only way to log: a fixed event name and flat, bounded fields. Never a payload. */
export interface Logger {
  info(event: LogEvent, fields?: LogFields): void
  warn(event: LogEvent, fields?: LogFields): void
  error(event: LogEvent, fields?: LogFields, cause?: unknown): void
  child(fields: LogFields): Logger
}
