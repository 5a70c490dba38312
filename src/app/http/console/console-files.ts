/** The built console, as the process holds it: small, and the same for everybody. */
export interface ConsoleFile {
  readonly type: string
  readonly body: Uint8Array
}

/** By path below `/console/`; `index.html` is the page of every screen. Empty where nothing was built. */
export type ConsoleFiles = ReadonlyMap<string, ConsoleFile>

/** Stands in index.html where the nonce of an answer goes. */
export const nonceMark = '__NONCE__'
