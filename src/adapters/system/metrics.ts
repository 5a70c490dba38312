import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from '../../engine/ports/metrics.ts'

export interface MetricsRegistry extends Metrics {
  /** An answered HTTP request; `operation` is one of the API's own names. */
  served(request: { operation: string; status: number; durationMs: number }): void
  /** For `GET /metrics`: text of the Prometheus exposition format. */
  page(): Promise<{ contentType: string; body: string }>
  /** Stops measuring the event loop. */
  close(): void
}

/** A configured id beyond this many is counted as `other`, so that labels stay few. */
const maxSystems = 200
const attemptSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const deliverySeconds = [
  0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 1_800, 3_600, 21_600, 86_400, 259_200,
]
const batchSizes = [1, 2, 5, 10, 20, 50, 100, 200]
const nanosecondsPerSecond = 1e9

function engineMetrics(registry: Registry) {
  const registers = [registry]
  const system = ['system'] as const
  return {
    accepted: new Counter({
      name: 'hub_messages_accepted_total',
      help: 'Messages at the door by result: accepted, duplicate or refused',
      labelNames: ['result'],
      registers,
    }),
    batch: new Histogram({
      name: 'hub_accept_batch_messages',
      help: 'Messages that shared one commit',
      buckets: batchSizes,
      registers,
    }),
    attempts: new Counter({
      name: 'hub_attempts_total',
      help: 'Closed attempts by system and outcome',
      labelNames: ['system', 'outcome'],
      registers,
    }),
    attempt: new Histogram({
      name: 'hub_attempt_seconds',
      help: 'Duration of attempts',
      labelNames: system,
      buckets: attemptSeconds,
      registers,
    }),
    delivery: new Histogram({
      name: 'hub_delivery_seconds',
      help: 'From acceptance to the answer of the system',
      labelNames: system,
      buckets: deliverySeconds,
      registers,
    }),
    dead: new Counter({
      name: 'hub_dead_letters_total',
      help: 'Deliveries given up',
      labelNames: system,
      registers,
    }),
    leases: new Counter({
      name: 'hub_leases_lost_total',
      help: 'Lanes whose lease was lost before the outcome was written',
      labelNames: system,
      registers,
    }),
  }
}

function httpMetrics(registry: Registry) {
  return {
    requests: new Counter({
      name: 'hub_http_requests_total',
      help: 'Answered requests by operation and status',
      labelNames: ['operation', 'status'],
      registers: [registry],
    }),
    request: new Histogram({
      name: 'hub_http_request_seconds',
      help: 'Duration of requests',
      labelNames: ['operation'],
      buckets: attemptSeconds,
      registers: [registry],
    }),
  }
}

function systemMetrics(registry: Registry) {
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['system'], registers: [registry] })
  return {
    oldest: gauge('hub_oldest_due_seconds', 'How long the oldest due lane has been due'),
    circuit: gauge('hub_circuit_open', '1 while the circuit is open'),
    paused: gauge('hub_system_paused', '1 while the system is paused'),
  }
}

function watchEventLoop(registry: Registry): () => void {
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  new Gauge({
    name: 'hub_event_loop_lag_seconds',
    help: 'Delay of the event loop since the page was last read',
    labelNames: ['quantile'],
    registers: [registry],
    collect() {
      for (const percent of [50, 99])
        this.set(
          { quantile: String(percent / 100) },
          delay.percentile(percent) / nanosecondsPerSecond,
        )
      this.set({ quantile: '1' }, delay.max / nanosecondsPerSecond)
      delay.reset()
    },
  })
  return () => delay.disable()
}

/** Remembers a labelled child, because looking it up by labels costs more than counting. */
function remembered<T>(make: (label: string) => T): (label: string) => T {
  const made = new Map<string, T>()
  return (label) => {
    let found = made.get(label)
    if (!found) {
      found = make(label)
      made.set(label, found)
    }
    return found
  }
}

/** Prometheus metrics of one process. `role` is a label of every line. */
export function createMetrics(role: string): MetricsRegistry {
  const registry = new Registry()
  registry.setDefaultLabels({ role })
  collectDefaultMetrics({ register: registry })
  const stop = watchEventLoop(registry)
  const counted = engineMetrics(registry)
  const gauges = systemMetrics(registry)
  const http = httpMetrics(registry)
  const requests = remembered((key) => {
    const [operation = '', status = ''] = key.split('|')
    return http.requests.labels(operation, status)
  })
  const requestTime = remembered((operation) => http.request.labels(operation))

  const known = new Set<string>()
  const bounded = (system: string): string => {
    if (known.has(system)) return system
    if (known.size >= maxSystems) return 'other'
    known.add(system)
    return system
  }
  const attempts = remembered((key) => {
    const [system = '', outcome = ''] = key.split('|')
    return counted.attempts.labels(system, outcome)
  })
  const attemptTime = remembered((system) => counted.attempt.labels(system))
  const deliveryTime = remembered((system) => counted.delivery.labels(system))

  return {
    accepted: (kind, count) => counted.accepted.inc({ result: kind }, count),
    served({ operation, status, durationMs }) {
      requests(`${operation}|${status}`).inc()
      requestTime(operation).observe(durationMs / 1_000)
    },
    committed: (messages) => counted.batch.observe(messages),
    attempted(system, outcome, durationMs) {
      const label = bounded(system)
      attempts(`${label}|${outcome}`).inc()
      attemptTime(label).observe(durationMs / 1_000)
    },
    delivered: (system, sinceAcceptedMs) =>
      deliveryTime(bounded(system)).observe(Math.max(0, sinceAcceptedMs) / 1_000),
    died: (system, count) => counted.dead.inc({ system: bounded(system) }, count),
    leaseLost: (system, count) => counted.leases.inc({ system: bounded(system) }, count),
    systems(list) {
      for (const gauge of Object.values(gauges)) gauge.reset()
      for (const each of list) {
        const labels = { system: bounded(each.system) }
        gauges.oldest.set(labels, each.oldestDueSeconds)
        gauges.circuit.set(labels, each.circuitOpen ? 1 : 0)
        gauges.paused.set(labels, each.paused ? 1 : 0)
      }
    },
    page: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
    close() {
      stop()
      registry.clear()
    },
  }
}
