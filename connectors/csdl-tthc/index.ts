/** Cơ sở dữ liệu quốc gia về TTHC: the catalogue of procedures, over the public read API or over `mapi`. */
import {
  accountQuestion,
  type CheckQuestion,
  type Connector,
  type ConnectorContext,
  type CreateConnector,
  checkInSteps,
  permanent,
  type Words,
} from '../../src/connector/index.ts'
import { createPublicProcedures } from './client.ts'
import { type ListSource, pullList } from './listing.ts'
import { createServices } from './mapi-calls.ts'
import { type ProcedureOptions, readOptions } from './options.ts'

interface Way {
  /** By the names of the pulls. */
  readonly sources: Readonly<Record<string, ListSource>> & { readonly procedures: ListSource }
  account(signal: AbortSignal): readonly CheckQuestion[]
}

function wayOf(context: ConnectorContext, options: ProcedureOptions): Way {
  if (options.source === 'public-api')
    return { sources: { procedures: createPublicProcedures(context, options) }, account: () => [] }
  const { logIn, ...sources } = createServices(context, options)
  return { sources, account: (signal) => [accountQuestion(() => logIn(signal))] }
}

const createConnector: CreateConnector = (context): Connector => {
  const options = readOptions(context.options)
  const { sources, account } = wayOf(context, options)
  return {
    check: (signal) =>
      checkInSteps(context, [
        ...account(signal),
        {
          name: 'call',
          passed: {
            vi: 'Đọc được trang đầu của danh sách thủ tục.',
            en: 'The first page of the list of procedures can be read.',
          },
          ask: () =>
            sources.procedures.list(sources.procedures.first, signal).then(() => undefined),
        },
      ]),
    async pull(request, signal) {
      const { operation } = request
      if (!pulls.has(operation)) throw permanent('operation-missing')
      const source = sources[operation]
      if (!source) throw permanent('system-misconfigured', { detail: notPublic })
      return pullList({ context, source, options }, request, signal)
    },
    async close() {},
  }
}

const pulls: ReadonlySet<string> = new Set(['procedures', 'agencies', 'domains'])

const notPublic: Words = {
  vi: 'API công khai không có danh mục này; dùng source: mapi.',
  en: 'The public API has no such catalogue; use source: mapi.',
}

export default createConnector
