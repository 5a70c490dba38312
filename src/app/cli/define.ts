import type { Command } from 'commander'
import type { Cli } from './cli.ts'
import type { ExitCode } from './exit.ts'

/** One command. `args` are its words, a list among them spread out. */
export type Handler<O = object> = (
  cli: Cli,
  args: readonly string[],
  options: O,
) => Promise<ExitCode>

/** What a group of commands is declared with. Handlers are loaded when their command is called. */
export interface Define {
  readonly program: Command
  /** A command that only holds others. */
  group(name: string, vi: string, en: string): Command
  t(vi: string, en: string): string
  run<O>(load: () => Promise<Handler<O>>): (...parts: unknown[]) => Promise<void>
}

/** Collects a repeatable option. */
export const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  value,
]
