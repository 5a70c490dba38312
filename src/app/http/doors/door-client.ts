import { HubError } from '../../../domain/errors.ts'
import type { Client } from '../../../engine/ports/accept.ts'
import type { Hub } from '../../hub.ts'
import { createRange } from '../addresses.ts'
import { hasScope } from '../scopes.ts'

/** A key is presented, or an address is trusted; either way somebody is at the door. */
export interface DoorCaller {
  readonly client: Client
  /** Whether the key was one of the hub's: then the handler must not see it. */
  readonly byKey: boolean
}

type Trusted = ReturnType<Hub['systems']['doors']>[number]['trusted']

const ranges = new Map<string, (address: string) => boolean>()

/** Ranges come from the configuration and are few; each is compiled once. */
function inRange(cidr: string, address: string): boolean {
  const range = ranges.get(cidr) ?? createRange([cidr])
  ranges.set(cidr, range)
  return range(address)
}

async function byAddress(hub: Hub, trusted: Trusted, address: string): Promise<Client | undefined> {
  const row = trusted.find(({ cidr }) => inRange(cidr, address))
  return row && (await hub.clients.byId(row.client))
}

const isKeyRefusal = (error: unknown): boolean =>
  error instanceof HubError && (error.code === 'key-invalid' || error.code === 'key-missing')

/**
 * A live key with the right to this system's doors wins. Otherwise a trusted address counts as the
 * client that the configuration names: such software often sends credentials of its own, which
 * mean nothing to the hub. Otherwise the refusal of the key stands.
 */
export async function doorCaller(
  hub: Hub,
  system: string,
  trusted: Trusted,
  caller: { key: string | undefined; address: string },
): Promise<DoorCaller> {
  try {
    const client = await hub.clients.authenticate(caller.key)
    if (!hasScope(client, `doors:${system}`)) {
      const scope = `doors:${system}`
      const detail = { vi: `Cần quyền ${scope}.`, en: `The scope ${scope} is needed.` }
      throw new HubError('scope-missing', { detail })
    }
    return { client, byKey: true }
  } catch (error) {
    if (!isKeyRefusal(error)) throw error
    const client = await byAddress(hub, trusted, caller.address)
    if (!client) throw error
    return { client, byKey: false }
  }
}
