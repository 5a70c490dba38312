/** The entry of everything: `bin/hub.js` with the arguments of one command line. */
import { languageOf, runCli } from './cli/program.ts'
import { processTerminal } from './cli/terminal.ts'
import { createCliPorts } from './compose/cli-ports.ts'

const argv = process.argv.slice(2)
process.exitCode = await runCli(argv, {
  terminal: processTerminal(process.env),
  ports: createCliPorts(process.env),
  env: process.env,
  language: languageOf(argv, process.env.HUB_LANG),
})
