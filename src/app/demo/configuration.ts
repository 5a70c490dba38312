/** The province's own configuration, turned towards the simulators and made impatient. */
import type { Configuration, System } from '../../domain/configuration.ts'

/** How a system of the demo is reached: options that take the place of those in config/. */
export type Redirects = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const impatient = {
  settleMs: 1_500,
  timeoutMs: 3_000,
  retry: { stepsSeconds: [1, 2, 5, 10], giveUpAfterHours: 1 },
} as const

export function demoConfiguration(
  configuration: Configuration,
  redirects: Redirects,
  publicUrl: string,
): Configuration {
  const redirect = (system: System): System => ({
    ...system,
    ...impatient,
    options: Object.fromEntries(
      Object.entries({ ...system.options, ...redirects[system.id] }).filter(
        ([, value]) => value !== undefined,
      ),
    ),
    circuit: { ...system.circuit, probeEveryMs: 2_000, rampMs: 2_000 },
    maintenance: [],
  })
  return {
    ...configuration,
    hub: { ...configuration.hub, publicUrl },
    systems: configuration.systems.filter((system) => redirects[system.id]).map(redirect),
    jobs: configuration.jobs.filter(
      (job) => job.kind === 'push' && redirects[job.to] !== undefined,
    ),
  }
}
