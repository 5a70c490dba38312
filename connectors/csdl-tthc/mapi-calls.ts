/**
 * The way over the services of `mapi`, through the adapter; no other file calls them. The lists come whole,
 * the detail of a procedure one by one. Source: running clients, 2020–2025.
 *
 *   share         LayDanhSachTTHC     [{MATTHC, TENTTHC}]
 *                 LayDanhMucCoQuan    [{MADONVI, TENDONVI, CAPDONVI}]
 *                 LayDanhMucLinhVuc   [{MALINHVUC, TENLINHVUC, MANGANH}]
 *   integration   LayThuTuc {maTTHC}  one procedure
 */
import {
  type CatalogueEntry,
  type ConnectorContext,
  createMapiClient,
  type MapiCall,
  type MapiClient,
  permanent,
  type RemoteRecord,
  withoutAbsent,
} from '../../src/connector/index.ts'
import { legacyEntry, text } from './legacy.ts'
import type { ListItem, ListSource } from './listing.ts'
import type { ServiceOptions } from './options.ts'
import { createPace } from './pace.ts'
import { createWholeList } from './whole-list.ts'

export interface ProcedureServices {
  readonly procedures: ListSource
  readonly agencies: ListSource
  readonly domains: ListSource
  logIn(signal: AbortSignal): Promise<void>
}

/** All agencies of a country, or all procedures, in one answer. */
const largestList = 64 * 1024 * 1024

/** The members of a list: our name, and the source's. */
type Members = Readonly<Record<'code' | 'name', string>> & Readonly<Record<string, string>>

const itemOf = (record: RemoteRecord, members: Members): Omit<ListItem, 'id'> | undefined => {
  const values = Object.entries(members).map(([own, theirs]) => [own, text(record, theirs)])
  const item = withoutAbsent(Object.fromEntries(values)) as Omit<ListItem, 'id'>
  return item.code === undefined ? undefined : item
}

/** A list that says everything there is to say. */
const listedEntry = ({ id: _, code, ...content }: ListItem, mark: string): CatalogueEntry => ({
  ...{ code, mark, content },
})

export function createServices(
  context: ConnectorContext,
  options: ServiceOptions,
): ProcedureServices {
  const caller = { madonvi: options.agencyCode }
  const share = createMapiClient(context, options, caller)
  const integration =
    options.detailPath === undefined
      ? share
      : createMapiClient(context, { ...options, servicePath: options.detailPath }, caller)
  const turn = createPace(options.requestsPerSecond, context.clock)

  const ask = async (
    client: MapiClient,
    call: MapiCall,
    signal: AbortSignal,
  ): Promise<readonly RemoteRecord[]> => {
    await turn(signal)
    return client.list(call, signal)
  }

  const listOf = (service: string, members: Members) =>
    createWholeList(context.clock, options.pageSize, async (signal) => {
      const call = {
        ...{ schema: 'csdl-tthc/service-list-request/v1', fields: { service } },
        maxResponseBytes: largestList,
      }
      return (await ask(share, call, signal)).map((record) => itemOf(record, members))
    })

  const read = async (item: ListItem, mark: string, signal: AbortSignal) => {
    const { code } = item
    const call = {
      schema: 'csdl-tthc/service-detail-request/v1',
      fields: { service: 'LayThuTuc', maTTHC: code },
    }
    const found = await ask(integration, call, signal)
    const [record, another] = found.filter((one) => text(one, 'MATTHC') === code)
    // Nobody's, or two: which of them holds cannot be known.
    if (!record || another) throw permanent('target-not-found')
    return legacyEntry(item, mark, record, options.words)
  }

  const first = { after: '' }
  return {
    procedures: {
      ...{ catalogue: 'procedures', first, read, entry: listedEntry },
      list: listOf('LayDanhSachTTHC', { code: 'MATTHC', name: 'TENTTHC' }),
    },
    agencies: {
      ...{ catalogue: 'agencies', first, entry: listedEntry },
      list: listOf('LayDanhMucCoQuan', { code: 'MADONVI', name: 'TENDONVI', level: 'CAPDONVI' }),
    },
    domains: {
      ...{ catalogue: 'domains', first, entry: listedEntry },
      list: listOf('LayDanhMucLinhVuc', {
        ...{ code: 'MALINHVUC', name: 'TENLINHVUC' },
        sector: 'MANGANH',
      }),
    },
    logIn: (signal) => share.logIn(signal),
  }
}
