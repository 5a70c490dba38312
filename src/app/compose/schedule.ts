import { Cron } from 'croner'
import type { PullPlan } from '../../adapters/postgres/queries/systems.ts'
import type { Configuration, PullJob } from '../../domain/configuration.ts'

/** Schedules are read as in Vietnam, whatever the machine's own zone. */
const vietnam = 'Asia/Ho_Chi_Minh'
const howMany = 5

export const nextRun = (schedule: string, after: Date): Date => {
  const next = new Cron(schedule, { timezone: vietnam, paused: true }).nextRun(after)
  if (!next) throw new Error(`the schedule ${schedule} has no next run`)
  return next
}

/** The next times of a schedule. */
export function runsAfter(schedule: string, after: Date): string[] {
  const runs: Date[] = []
  while (runs.length < howMany) runs.push(nextRun(schedule, runs.at(-1) ?? after))
  return runs.map((run) => run.toISOString())
}

/** The next runs of a pull; none while it is switched off, or paused until somebody resumes it. */
export function nextRuns(
  configuration: Configuration | undefined,
  { job: id, nextRunAt, paused }: PullPlan,
): string[] {
  const job = configuration?.jobs.find((one) => one.id === id)
  if (job?.kind !== 'pull' || !job.enabled || (paused && paused.resumeAt === null)) return []
  const runs = [firstRun(job, nextRunAt, paused?.resumeAt ? new Date(paused.resumeAt) : undefined)]
  while (runs.length < howMany) runs.push(nextRun(job.schedule, runs.at(-1) ?? nextRunAt))
  return runs.map((run) => run.toISOString())
}

/** What was planned within a pause is made up for at its end, or passed over. */
function firstRun({ schedule, catchUp }: PullJob, planned: Date, resumeAt: Date | undefined): Date {
  if (!resumeAt || planned >= resumeAt) return planned
  return catchUp === 'skip' ? nextRun(schedule, resumeAt) : resumeAt
}
