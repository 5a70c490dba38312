/** The `hub` command: its table of commands, and the one place that turns a failure into an exit code. */
import { type Command, CommanderError, Option } from 'commander'
import { type CliParts, createCli, type GlobalOptions } from './cli.ts'
import type { Define, Handler } from './define.ts'
import { type ExitCode, exitCodes } from './exit.ts'
import { tellFailure } from './failure.ts'
import { defineAudit } from './groups/audit.ts'
import { defineCatalogues } from './groups/catalogues.ts'
import { defineClient } from './groups/client.ts'
import { defineCodes } from './groups/codes.ts'
import { defineConfig } from './groups/config.ts'
import { defineConnector } from './groups/connector.ts'
import { defineCorrections } from './groups/corrections.ts'
import { defineDeliveries } from './groups/deliveries.ts'
import { defineFiles } from './groups/files.ts'
import { defineKeys } from './groups/keys.ts'
import { defineLookups } from './groups/lookups.ts'
import { definePlans } from './groups/plans.ts'
import { defineProblems } from './groups/problems.ts'
import { defineProcess } from './groups/process.ts'
import { defineSystems } from './groups/systems.ts'
import { defineUser } from './groups/user.ts'
import { createCommand, usageError } from './usage.ts'
import type { Language } from './words.ts'

/** The whole tree of commands. `settle` learns how the command that was called has ended. */
function createProgram(parts: CliParts, settle: (code: ExitCode) => void): Command {
  const t = (vi: string, en: string): string => (parts.language === 'vi' ? vi : en)
  const program = createCommand('hub', parts.language, parts.terminal)
    .description(
      t(
        'Liên thông Hub: nhận bản tin hồ sơ, giữ bền, gửi đúng thứ tự, chỉ rõ chỗ hỏng.',
        'Liên thông Hub: accepts dossier messages, keeps them, delivers them in order, shows what failed.',
      ),
    )
    .addOption(new Option('--json', t('kết quả dạng JSON cho máy', 'answer in JSON, for machines')))
    .addOption(
      new Option('--lang <lang>', t('ngôn ngữ: vi hoặc en', 'language: vi or en')).choices([
        'vi',
        'en',
      ]),
    )
    .addOption(
      new Option('--debug', t('hiện chi tiết bên trong khi hỏng', 'show the inside of a failure')),
    )
  const run =
    <O>(load: () => Promise<Handler<O>>) =>
    async (...received: unknown[]): Promise<void> => {
      // Commander hands over arguments, options and, last, the command itself.
      const command = received.at(-1) as Command
      const cli = createCli(parts, command.optsWithGlobals<GlobalOptions>())
      const handler = await load()
      settle(
        await handler(cli, command.processedArgs.flat().filter(isText), command.opts<O & object>()),
      )
    }
  const group = (name: string, vi: string, en: string): Command =>
    program.command(name).description(t(vi, en)).helpCommand(false)
  const define: Define = { program, group, t, run }
  defineProcess(define)
  defineConfig(define)
  defineClient(define)
  defineUser(define)
  defineSystems(define)
  defineProblems(define)
  defineDeliveries(define)
  definePlans(define)
  defineCorrections(define)
  defineLookups(define)
  defineFiles(define)
  defineCatalogues(define)
  defineCodes(define)
  defineKeys(define)
  defineAudit(define)
  defineConnector(define)
  program.addHelpText('after', `\n${exitHelp(t)}`)
  return program
}

const isText = (value: unknown): value is string => typeof value === 'string'

const exitHelp = (t: Define['t']): string =>
  t(
    'Mã kết thúc: 0 được; 1 kiểm tra thấy lỗi; 2 gọi sai; 3 không tới được liên thông; 4 bị từ chối; 70 lỗi phần mềm.',
    'Exit codes: 0 ok; 1 a check found a fault; 2 wrong usage; 3 not reachable; 4 refused; 70 a bug.',
  )

/** The language of help and errors is needed before anything is parsed. */
export function languageOf(argv: readonly string[], fallback: string | undefined): Language {
  const at = argv.indexOf('--lang')
  const inline = argv.find((word) => word.startsWith('--lang='))?.slice('--lang='.length)
  const wanted = (at >= 0 ? argv[at + 1] : inline) ?? fallback
  return wanted === 'en' ? 'en' : 'vi'
}

/** Runs one command line (without `node` and script) and returns its exit code. Never throws. */
export async function runCli(argv: readonly string[], parts: CliParts): Promise<ExitCode> {
  let ended: ExitCode = exitCodes.ok
  const program = createProgram(parts, (code) => {
    ended = code
  })
  const options = {
    terminal: parts.terminal,
    language: parts.language,
    json: argv.includes('--json'),
    debug: argv.includes('--debug'),
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
    return ended
  } catch (error) {
    if (!(error instanceof CommanderError)) return tellFailure(error, options)
    const wrong = usageError(error)
    if (wrong) return tellFailure(wrong, options)
    // Help was asked for, or a group was called without saying which of its commands.
    return error.code === 'commander.help' ? exitCodes.usage : exitCodes.ok
  }
}
