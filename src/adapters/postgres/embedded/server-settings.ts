export type ServerSettings = Readonly<Record<string, string | number | boolean>>

/**
 * What the hub needs of its own server: every commit on disk before it is acknowledged, room for
 * bursts, dead rows swept at once, nobody waiting in a transaction, and no statement text, parameter
 * or row in the log (they are personal data; the hub logs failures by their code).
 */
const defaults: ServerSettings = {
  fsync: true,
  synchronous_commit: true,
  full_page_writes: true,
  shared_buffers: '256MB',
  max_connections: 100,
  max_wal_senders: 0,
  min_wal_size: '256MB',
  max_wal_size: '2GB',
  wal_buffers: '16MB',
  checkpoint_timeout: '15min',
  autovacuum_naptime: '15s',
  autovacuum_max_workers: 3,
  autovacuum_vacuum_scale_factor: 0.05,
  autovacuum_analyze_scale_factor: 0.05,
  autovacuum_vacuum_cost_limit: 2000,
  idle_in_transaction_session_timeout: '60s',
  tcp_keepalives_idle: 60,
  timezone: 'UTC',
  log_timezone: 'UTC',
  jit: false,
  // Parallel workers share memory in /dev/shm, which is small in containers; no statement needs it.
  max_parallel_workers_per_gather: 0,
  log_destination: 'stderr',
  logging_collector: false,
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: 0,
  log_parameter_max_length_on_error: 0,
  log_checkpoints: false,
}

const written = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value)

/** The server's arguments. What `fixed` says cannot be changed by `settings`. */
export function settingArguments(settings: ServerSettings, fixed: ServerSettings): string[] {
  return Object.entries({ ...defaults, ...settings, ...fixed }).flatMap(([name, value]) => {
    if (!/^[a-z][a-z_.]*$/.test(name)) throw new Error(`not the name of a server setting: ${name}`)
    return ['-c', `${name}=${written(value)}`]
  })
}
