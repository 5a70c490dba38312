/**
 * What somebody who helps from afar needs to know, as one file: versions, states, counts, findings. No message,
 * no name of a person, no word that anybody has written, no secret.
 */
import type { AboutView } from './about.ts'
import type { Finding } from './doctor/finding.ts'
import type { Hub } from './hub.ts'

export interface Bundle {
  readonly madeAt: string
  readonly about: AboutView | null
  readonly findings: readonly Finding[]
  readonly systems: readonly unknown[]
  readonly pulls: readonly unknown[]
  readonly problems: readonly unknown[]
  readonly verdicts: readonly {
    readonly name: string
    readonly ok: boolean
    readonly count: number
  }[]
}

const mostProblems = 200

export async function diagnosticBundle(hub: Hub, now: Date): Promise<Bundle> {
  const [about, findings, systems, pulls, problems, verdicts] = await Promise.all([
    hub.about.read(),
    hub.about.doctor(),
    hub.queries.systems(),
    hub.queries.pulls(),
    hub.queries.problems({ limit: mostProblems }),
    hub.verify(),
  ])
  return {
    madeAt: now.toISOString(),
    about,
    findings,
    systems: systems.map(({ paused, maintenance, check, windows, title: _, ...system }) => ({
      ...system,
      check: check && { at: check.at, ok: check.ok, steps: check.steps },
      windows: windows.map(({ window: { reason: _why, ...window } }) => window),
      paused: paused && { since: paused.since, resumeAt: paused.resumeAt, code: paused.code },
      maintenance: maintenance && { until: maintenance.until },
    })),
    pulls: pulls.map(({ paused, nextRuns: _, ...pull }) => ({
      ...pull,
      paused: paused && { since: paused.since, resumeAt: paused.resumeAt, code: paused.code },
    })),
    problems: problems.items.map(
      ({ id, system, operation, code, remoteCode, side, status, open, total, ...rest }) => ({
        ...{ id, system, operation, code, remoteCode, side, status, open, total },
        ...{ firstSeen: rest.firstSeen, lastSeen: rest.lastSeen },
      }),
    ),
    // Examples are places of deliveries; how many there are is enough here.
    verdicts: verdicts.map(({ name, ok, count }) => ({ name, ok, count })),
  }
}
