import { userInfo } from 'node:os'
import type { Words } from '../../domain/errors.ts'
import type { Act } from '../../engine/ports/interventions.ts'
import type { Hub } from '../hub.ts'
import { type Environment, type ProcessSettings, readSettings } from '../settings.ts'
import { UsageError } from './exit.ts'
import type { CliPorts } from './ports.ts'
import { type Style, styleOf } from './style.ts'
import { type Column, renderPairs, renderTable } from './table.ts'
import type { Terminal } from './terminal.ts'
import { durationWords, type Language, timeWords } from './words.ts'

/** What a command works with. */
export interface Cli {
  readonly language: Language
  readonly json: boolean
  readonly terminal: Terminal
  readonly style: Style
  readonly ports: CliPorts
  /** `cli:<user of the operating system>`: who the audit trail will name. */
  readonly actor: string
  readonly now: () => Date
  /** Throws `config-invalid` with every fault of the environment. */
  settings(): ProcessSettings
  /** Where configuration is read and what it is judged by, whatever else is wrong in the environment. */
  folders(): Pick<ProcessSettings, 'configDir' | 'extensionsDir' | 'expressions'>
  /** Opens the hub, uses it, closes it. */
  withHub<T>(use: (hub: Hub) => Promise<T>): Promise<T>
  t(vi: string, en: string): string
  say(words: Words): string
  time(at: string | Date | null): string
  duration(seconds: number): string
  /** The answer of a command: JSON for machines, or text for people; never both. */
  answer(json: unknown, human: () => string): void
  table(columns: readonly Column[], rows: readonly (readonly string[])[]): string
  pairs(pairs: readonly (readonly [label: string, value: string | null])[]): string
  /** A reason that says something; throws a UsageError otherwise. */
  act(reason: string | undefined): Act
}

export interface GlobalOptions {
  readonly json?: boolean
  readonly debug?: boolean
  readonly lang?: Language
}

export interface CliParts {
  readonly terminal: Terminal
  readonly ports: CliPorts
  readonly env: Environment
  readonly language: Language
  readonly now?: () => Date
  readonly user?: string
}

export function createCli(parts: CliParts, options: GlobalOptions): Cli {
  const { terminal, ports, language } = parts
  const json = options.json ?? false
  const t = (vi: string, en: string): string => (language === 'vi' ? vi : en)
  const settings = () => readSettings(parts.env, { terminal: terminal.tty })
  return {
    language,
    json,
    terminal,
    ports,
    style: styleOf(terminal),
    actor: `cli:${parts.user ?? userInfo().username}`,
    now: parts.now ?? (() => new Date()),
    settings,
    folders() {
      const { HUB_CONFIG_DIR, HUB_EXTENSIONS_DIR, HUB_EXPRESSIONS } = parts.env
      return readSettings({ HUB_CONFIG_DIR, HUB_EXTENSIONS_DIR, HUB_EXPRESSIONS })
    },
    async withHub(use) {
      const logLevel = options.debug ? 'info' : 'silent'
      const hub = await ports.openHub({ ...settings(), logLevel })
      try {
        return await use(hub)
      } finally {
        await hub.close()
      }
    },
    t,
    say: (words) => words[language],
    time: (at) => timeWords(at, language),
    duration: (seconds) => durationWords(seconds, language),
    answer(value, human) {
      terminal.out(json ? JSON.stringify(value, null, 2) : human())
    },
    table: (columns, rows) => renderTable(columns, rows, terminal),
    pairs: renderPairs,
    act: (reason) => ({
      actor: `cli:${parts.user ?? userInfo().username}`,
      reason: reasonOf(reason),
    }),
  }
}

function reasonOf(text: string | undefined): string {
  const reason = text?.trim() ?? ''
  if (reason.length >= 3 && reason.length <= 500) return reason
  throw new UsageError(
    'Nêu lý do bằng --reason (từ 3 đến 500 ký tự); lý do được ghi vào nhật ký kiểm toán.',
    'Give a reason with --reason (3 to 500 characters); it is kept in the audit trail.',
  )
}
