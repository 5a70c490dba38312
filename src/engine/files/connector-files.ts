import { ConnectorError, later, permanent } from '../../connector/errors.ts'
import type { ConnectorFiles, OpenFile } from '../../connector/files.ts'
import { HubError } from '../../domain/errors.ts'
import type { Clock } from '../ports/clock.ts'
import type { Files } from './files.ts'

/** A store that is away is back later; everything else about a file stays as it is. */
function toOutcome(error: unknown): unknown {
  if (!(error instanceof HubError) || error instanceof ConnectorError) return error
  const { code, detail, faults } = error
  const facts = { faults, cause: error, ...(detail && { detail }) }
  const away = code === 'files-unavailable' || code === 'store-unavailable'
  return away ? later(code, facts) : permanent(code, facts)
}

async function asOutcome<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw toOutcome(error)
  }
}

async function* contentAsOutcome(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* content
  } catch (error) {
    throw toOutcome(error)
  }
}

const dayMs = 24 * 60 * 60 * 1000
const longestLinkDays = 366

/** The files of the hub as the connector of one system is given them. */
export function createConnectorFiles(
  files: Files,
  clock: Clock,
  { system, publicUrl }: { readonly system: string; readonly publicUrl: string },
): ConnectorFiles {
  const owner = `system:${system}`
  return {
    open: (id) =>
      asOutcome(async (): Promise<OpenFile> => {
        const file = await files.open(id, undefined)
        if (!file) throw new HubError('file-missing')
        return { ...file, content: contentAsOutcome(file.content) }
      }),
    keep: (content, name) =>
      asOutcome(async () => (await files.keep({ content, name }, owner)).file),
    link: (id, days) =>
      asOutcome(async () => {
        if (!(days > 0 && days <= longestLinkDays))
          throw new Error(`A link lives up to ${longestLinkDays} days, not ${days}`)
        const until = new Date(clock.now().getTime() + days * dayMs)
        const token = await files.link(id, undefined, owner, until)
        if (token === undefined) throw new HubError('file-missing')
        return fileAddress(publicUrl, token)
      }),
  }
}

/** Where a link leads; `token` is safe in a path. */
export const fileAddress = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/+$/, '')}/files/${token}`
