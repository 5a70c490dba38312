/** Commander in the hub's own words: it speaks English only. */
import { Command, type CommanderError, Help } from 'commander'
import { exitCodes, UsageError } from './exit.ts'
import type { Terminal } from './terminal.ts'
import type { Language } from './words.ts'

const titles: Readonly<Record<string, string>> = {
  'Usage:': 'Cách dùng:',
  'Arguments:': 'Tham số:',
  'Options:': 'Tuỳ chọn:',
  'Global Options:': 'Tuỳ chọn chung:',
  'Commands:': 'Lệnh:',
}

/** A command whose help, usage and errors are in `language`; commands made from it inherit that. */
export function createCommand(name: string, language: Language, terminal: Terminal): Command {
  const t = (vi: string, en: string) => (language === 'vi' ? vi : en)
  return new Command(name)
    .exitOverride()
    .helpCommand(false)
    .helpOption('-h, --help', t('xem hướng dẫn', 'show help'))
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      // Errors are thrown and told by the one who runs the program.
      outputError: () => undefined,
      getOutHelpWidth: () => terminal.columns,
      getErrHelpWidth: () => terminal.columns,
      getOutHasColors: () => terminal.color,
    })
    .configureHelp({
      showGlobalOptions: true,
      sortSubcommands: false,
      styleTitle: (title) => (language === 'vi' ? (titles[title] ?? title) : title),
      commandUsage: (command) =>
        new Help()
          .commandUsage(command)
          .replace('[options]', t('[tuỳ chọn]', '[options]'))
          .replace('[command]', t('<lệnh>', '<command>')),
      subcommandTerm: (command) => {
        const words = command.registeredArguments.map((argument) => {
          const name = argument.name() + (argument.variadic ? '…' : '')
          return argument.required ? `<${name}>` : `[${name}]`
        })
        return [command.name(), ...words].join(' ')
      },
      commandDescription: (command) => {
        const words = command.description()
        return words.charAt(0).toLocaleUpperCase(language) + words.slice(1)
      },
      optionDescription: (option) => option.description,
    })
}

/** What commander complains about, in words. `undefined` when it only showed help. */
export function usageError(error: CommanderError): UsageError | undefined {
  if (error.exitCode === exitCodes.ok || error.code === 'commander.help') return undefined
  const named = /'([^']*)'/.exec(error.message)?.[1] ?? ''
  const meant = /Did you mean (?:one of )?([^?]+)\?/.exec(error.message)?.[1]
  const also = meant
    ? { vi: ` Có phải ý là ${meant}?`, en: ` Did you mean ${meant}?` }
    : { vi: '', en: '' }
  const say = (vi: string, en: string) => new UsageError(vi + also.vi, en + also.en)
  switch (error.code) {
    case 'commander.unknownCommand':
      return say(`Không có lệnh "${named}".`, `There is no command "${named}".`)
    case 'commander.unknownOption':
      return say(`Không có tuỳ chọn ${named}.`, `There is no option ${named}.`)
    case 'commander.missingArgument':
      return say(`Thiếu tham số <${named}>.`, `The argument <${named}> is missing.`)
    case 'commander.missingMandatoryOptionValue':
      return say(`Thiếu tuỳ chọn bắt buộc ${named}.`, `The option ${named} is required.`)
    case 'commander.optionMissingArgument':
      return say(`Tuỳ chọn ${named} cần một giá trị.`, `The option ${named} needs a value.`)
    case 'commander.excessArguments':
      return say('Thừa tham số.', 'Too many arguments.')
    default:
      return say(
        `Gọi lệnh chưa đúng: ${withoutPrefix(error.message)}`,
        withoutPrefix(error.message),
      )
  }
}

const withoutPrefix = (message: string): string => message.replace(/^error: /, '')
