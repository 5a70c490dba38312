import { readFileSync } from 'node:fs'

const read = (): unknown =>
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))

/** Of this hub, as its package says it. */
export const hubVersion = (): string => String((read() as { version?: unknown }).version)
