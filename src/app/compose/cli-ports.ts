/** What the commands of the CLI can do, each loaded when it is first needed. */
import type { CliPorts } from '../cli/ports.ts'
import type { Environment, ProcessSettings } from '../settings.ts'

export function createCliPorts(env: Environment): CliPorts {
  const secret = (name: string): string | undefined => env[name]
  const logger = async (settings: ProcessSettings) => {
    const { createLogger } = await import('../../adapters/system/logger.ts')
    return createLogger({ level: settings.logLevel, format: settings.logFormat })
  }
  return {
    async openHub(settings) {
      const { openHub } = await import('./open-hub.ts')
      const { createLogger } = await import('../../adapters/system/logger.ts')
      const { logLevel: level, logFormat: format } = settings
      // Standard output belongs to the answer of the command.
      const log = createLogger({ level, format, destination: process.stderr })
      return openHub({ settings, role: 'console', log, secret })
    },
    async configLaw(extensionsDir, expressions) {
      const { openLaw } = await import('./law.ts')
      return openLaw(extensionsDir, expressions)
    },
    async start(settings) {
      const { serve } = await import('./serve.ts')
      const show = (line: string) => process.stderr.write(`${line}\n`)
      await serve({ settings, secret, show, log: await logger(settings) })
    },
    async demo(options) {
      const { runDemo } = await import('../demo/demo.ts')
      return runDemo(options, env)
    },
    async createMasterKey(path) {
      const { createMasterKeyFile } = await import('../../adapters/system/master-key-file.ts')
      return createMasterKeyFile(path)
    },
    async testConnector(folder) {
      const { testConnector } = await import('./conformance.ts')
      return testConnector(folder)
    },
    async diagnose(settings) {
      const { diagnose } = await import('./diagnose.ts')
      return diagnose(settings, secret)
    },
  }
}
