/** How a command says that it has failed: what, whose turn it is, why, and what to do next. */
import { errorTable, HubError } from '../../domain/errors.ts'
import { type ExitCode, exitCodeOf, systemCodeOf, UsageError } from './exit.ts'
import { styleOf, wrap } from './style.ts'
import type { Terminal } from './terminal.ts'
import { type Language, sideWords } from './words.ts'

interface FailureOptions {
  readonly terminal: Terminal
  readonly language: Language
  readonly json: boolean
  /** Shows the stack. Without it nothing of the inside is shown. */
  readonly debug: boolean
}

/** Prints the failure to `err` and returns the exit code it means. */
export function tellFailure(error: unknown, options: FailureOptions): ExitCode {
  const { terminal, json, debug } = options
  const failure = failureOf(error, options.language)
  terminal.err(json ? JSON.stringify({ error: failure }, null, 2) : text(failure, options))
  if (debug && error instanceof Error) terminal.err(stackOf(error))
  return exitCodeOf(error)
}

interface Failure {
  readonly code: string
  readonly title: string
  readonly detail: string | null
  readonly side: string | null
  readonly next: string | null
  readonly faults: readonly { pointer: string; rule: string; message: string }[]
}

function failureOf(error: unknown, language: Language): Failure {
  const t = (vi: string, en: string) => (language === 'vi' ? vi : en)
  if (error instanceof UsageError) return { ...empty, code: 'usage', title: error.words[language] }
  if (error instanceof HubError) return hubFailure(error, language)
  const system = systemCodeOf(error)
  if (system) {
    const [vi, en] = systemWords[system] ?? [
      `Hệ điều hành báo ${system}`,
      `The system says ${system}`,
    ]
    const path = error instanceof Error && 'path' in error ? String(error.path) : null
    return { ...empty, code: system, title: t(vi, en), detail: path }
  }
  const { title, side, next } = errorTable.bug
  return {
    ...empty,
    code: 'bug',
    title: title[language],
    detail: t(
      'Chạy lại với --debug để xem chi tiết.',
      'Run it again with --debug for the details.',
    ),
    side,
    next: next[language],
  }
}

const empty: Failure = { code: '', title: '', detail: null, side: null, next: null, faults: [] }

function hubFailure(error: HubError, language: Language): Failure {
  const { title, side, next } = errorTable[error.code]
  const faults = error.faults.map((fault) => ({
    pointer: fault.pointer,
    rule: fault.rule,
    message: fault[language],
  }))
  const detail = error.detail?.[language] ?? null
  return { code: error.code, title: title[language], detail, side, next: next[language], faults }
}

const systemWords: Readonly<Record<string, readonly [vi: string, en: string]>> = {
  ECONNREFUSED: ['Không kết nối được', 'The connection was refused'],
  ENOTFOUND: ['Không phân giải được tên máy', 'The host name could not be resolved'],
  ETIMEDOUT: ['Quá thời gian kết nối', 'Connecting took too long'],
  EADDRINUSE: [
    'Cổng đang có chương trình khác dùng; đổi HUB_HTTP_PORT hoặc dừng chương trình kia',
    'The port is in use; change HUB_HTTP_PORT or stop the other program',
  ],
  EACCES: ['Không có quyền đọc hoặc ghi', 'No right to read or write'],
  EPERM: ['Hệ điều hành không cho phép', 'The system does not allow it'],
  ENOENT: ['Không có tệp hoặc thư mục này', 'There is no such file or folder'],
  ENOSPC: ['Hết dung lượng đĩa', 'The disk is full'],
  EROFS: ['Ổ đĩa chỉ cho đọc', 'The disk is read-only'],
}

function text(failure: Failure, { terminal, language }: FailureOptions): string {
  const style = styleOf(terminal)
  const t = (vi: string, en: string) => (language === 'vi' ? vi : en)
  const width = terminal.columns
  const isUsage = failure.code === 'usage'
  const lines = [
    `${style.bad('✗')} ${style.bold(failure.title)}${isUsage ? '' : ` (${failure.code})`}`,
  ]
  if (failure.detail) lines.push(wrap(failure.detail, width, '  '))
  for (const { pointer, message } of failure.faults) {
    // Faults of the environment name their variable themselves.
    const named = pointer === '' || message.startsWith(`${pointer.slice(1)}:`)
    lines.push(wrap(`• ${named ? '' : `${pointer}: `}${message}`, width, '  '))
  }
  if (failure.side) {
    const side = sideWords[failure.side as keyof typeof sideWords][language]
    lines.push(`  ${t('Phía', 'Whose side')}: ${side}`)
  }
  if (failure.next) lines.push(wrap(`${t('Cần làm', 'Next')}: ${failure.next}`, width, '  '))
  return lines.join('\n')
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\n  ← ${stackOf(error.cause)}` : ''
  return (error.stack ?? error.message) + cause
}
