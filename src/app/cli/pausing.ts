/** Pausing a system and pausing a pull, in the same words. */
import { errorTable } from '../../domain/errors.ts'
import type { PauseView } from '../../engine/ports/systems.ts'
import type { Cli } from './cli.ts'
import { UsageError } from './exit.ts'
import { timeOption } from './options.ts'

export interface PauseOptions {
  readonly until?: string
  readonly reason?: string
}

/** `--until`, which must be to come; undefined: until somebody resumes it. */
export function resumeAtOption(cli: Cli, { until }: PauseOptions): Date | undefined {
  const text = timeOption('--until', until)
  if (text === undefined) return undefined
  const resumeAt = new Date(text)
  if (resumeAt.getTime() > cli.now().getTime()) return resumeAt
  throw new UsageError('--until phải ở tương lai.', '--until must be in the future.')
}

/** `group` is the group of commands that resumes it. */
export function pausedWords(cli: Cli, group: string, id: string, resumeAt: Date | undefined) {
  const end = resumeAt
    ? cli.t(`tự chạy lại lúc ${cli.time(resumeAt)}`, `it resumes at ${cli.time(resumeAt)}`)
    : cli.t(`cho tới khi hub ${group} resume`, `until hub ${group} resume`)
  return cli.t(`Đã tạm dừng ${id}, ${end}.`, `${id} is paused, ${end}.`)
}

export function pauseState(cli: Cli, { code, reason }: PauseView): string {
  const why = code ? cli.say(errorTable[code].title) : reason
  return cli.style.warn(`${cli.t('Tạm dừng', 'paused')}: ${why}`)
}

export function pauseLines(cli: Cli, paused: PauseView | null): [string, string][] {
  if (!paused) return []
  const until = paused.resumeAt
    ? cli.time(paused.resumeAt)
    : cli.t('khi có người cho chạy', 'somebody resumes it')
  return [
    [cli.t('Dừng bởi', 'Paused by'), `${paused.by}, ${cli.time(paused.since)}`],
    [cli.t('Lý do', 'Reason'), paused.reason],
    [cli.t('Tới', 'Until'), until],
  ]
}
