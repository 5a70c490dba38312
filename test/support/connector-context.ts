/** A connector as the hub would make it, alone: real schemas, a real HTTP client, and nothing said or kept. */
import { createCodeTables } from '../../src/adapters/connectors/code-tables.ts'
import { type ContextParts, createContext } from '../../src/adapters/connectors/context.ts'
import { createHttpClient, type SystemHttpClient } from '../../src/adapters/http/client.ts'
import type { ConnectorContext } from '../../src/connector/index.ts'
import { codeRows, registry } from './dvcqg.ts'
import { quietLogger } from './quiet-logger.ts'

/** The code tables of the demo province. */
export const codes = createCodeTables(codeRows())

const opened: SystemHttpClient[] = []

/** What a test does not say is as in the demo province; with an `address` there is a client for it. */
export function contextOf({
  address,
  ...parts
}: Partial<ContextParts> & { readonly address?: string }): ConnectorContext {
  const timeoutMs = parts.timeoutMs ?? 2_000
  const http =
    parts.http ??
    createHttpClient({
      allowedOrigins: address ? [address] : [],
      timeoutMs,
      ...(parts.files && { files: parts.files }),
    })
  if (!parts.http) opened.push(http as SystemHttpClient)
  return createContext({
    ...{ system: 'thu', options: {}, province: 'H99', publicUrl: 'https://hub.h99.example' },
    ...{ http, clock: { now: () => new Date() }, log: quietLogger, codes },
    ...{ validate: registry.validate, seal: String, open: String },
    ...parts,
  })
}

/** Closes the clients of every context that was made with an address. */
export function closeContexts(): void {
  for (const client of opened.splice(0)) client.close()
}
