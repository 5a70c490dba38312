import { Cron } from 'croner'
import type { Configuration } from '../../domain/configuration.ts'

/** Schedules are read as in Vietnam, whatever the machine's own zone. */
const vietnam = 'Asia/Ho_Chi_Minh'
const howMany = 5

export const nextRun = (schedule: string, after: Date): Date => {
  const next = new Cron(schedule, { timezone: vietnam, paused: true }).nextRun(after)
  if (!next) throw new Error(`the schedule ${schedule} has no next run`)
  return next
}

/** The next runs of a pull, the first of which is planned already; none while it is switched off. */
export function nextRuns(
  configuration: Configuration | undefined,
  id: string,
  planned: Date,
): string[] {
  const job = configuration?.jobs.find((one) => one.id === id)
  if (job?.kind !== 'pull' || !job.enabled) return []
  const runs = [planned]
  while (runs.length < howMany) runs.push(nextRun(job.schedule, runs.at(-1) ?? planned))
  return runs.map((run) => run.toISOString())
}
