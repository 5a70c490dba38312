/** `/doors/<system><path>`: requests that external systems send in their own shape. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Door, DoorRequest } from '../../../connector/door.ts'
import { HubError } from '../../../domain/errors.ts'
import type { Client } from '../../../engine/ports/accept.ts'
import { doorKeyOf, refuseKeyInUrl } from '../auth.ts'
import { disconnectSignal, type Exchange, openExchange } from '../exchange.ts'
import { admit, fail, type Guards } from '../serve.ts'
import { sendDoorAnswer } from './door-answer.ts'
import { doorCaller } from './door-client.ts'
import { matchDoor, splitDoorUrl } from './door-path.ts'

interface Found {
  readonly door: Door
  readonly parameters: Readonly<Record<string, string>>
}

class MethodRefused extends HubError {
  readonly allow: string
  constructor(allow: string) {
    super('method-not-allowed')
    this.allow = allow
  }
}

function findDoor(doors: readonly Door[], path: string, method: string): Found {
  const fitting = doors.flatMap((door) => {
    const parameters = matchDoor(door, path)
    return parameters ? [{ door, parameters }] : []
  })
  if (fitting.length === 0) throw new HubError('not-found')
  const found = fitting.find(({ door }) => door.method === method)
  if (found) return found
  throw new MethodRefused([...new Set(fitting.map(({ door }) => door.method))].join(', '))
}

const keyHeaders = ['authorization', 'x-api-key']

/** What the handler may see: everything but a key of the hub. */
function headersOf(request: IncomingMessage, byKey: boolean): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {}
  for (const [name, value] of Object.entries(request.headers))
    if (!(byKey && keyHeaders.includes(name)))
      headers[name] = Array.isArray(value) ? value.join(', ') : value
  return headers
}

export function createDoorServe({ surroundings, peers, rate, log }: Guards) {
  const { hub, tools, bodies } = surroundings

  const requestOf = (
    exchange: Exchange,
    found: Found,
    body: Uint8Array,
    caller: { client: Client; byKey: boolean; query: string },
  ): DoorRequest => ({
    parameters: found.parameters,
    query: new URLSearchParams(caller.query),
    headers: headersOf(exchange.request, caller.byKey),
    body,
    json: () => tools.json.read(body),
    accept: (messages) => hub.acceptMessages(messages, caller.client),
    latest: (subject, types) => hub.queries.latest(subject, types),
  })

  const run = async (exchange: Exchange): Promise<number> => {
    const { request } = exchange
    const url = request.url ?? ''
    refuseKeyInUrl(url, true)
    const { system, path, query } = splitDoorUrl(url)
    const mounted = hub.systems.doors().filter((row) => row.system === system)
    const { client, byKey } = await doorCaller(hub, system, mounted[0]?.trusted ?? [], {
      key: doorKeyOf(request),
      address: peers.addressOf(request),
    })
    admit(exchange, client, rate)
    const found = findDoor(
      mounted.map((row) => row.door),
      path,
      request.method ?? '',
    )
    const body = await bodies.read(request, found.door.maxBytes)
    const signal = disconnectSignal(exchange)
    const asked = requestOf(exchange, found, body, { client, byKey, query })
    const answer = await found.door.handle(asked, signal)
    await sendDoorAnswer(exchange, answer)
    return answer.status
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const known = hub.systems
      .doors()
      .some((row) => request.url?.startsWith(`/doors/${row.system}/`))
    const { system } = splitDoorUrl(request.url ?? '')
    const exchange = openExchange(request, response, known ? `door:${system}` : 'door')
    try {
      log.served(exchange, await run(exchange), false)
    } catch (error) {
      if (response.headersSent || !request.socket.destroyed)
        fail(exchange, error, log, error instanceof MethodRefused ? ['Allow', error.allow] : [])
    }
  }
  return (request: IncomingMessage, response: ServerResponse): void => {
    void serve(request, response)
  }
}
