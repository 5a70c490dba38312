/** How a client and its keys stand. */
import type { Schemas } from '../../api/client.ts'

export type Client = Schemas['Client']
export type Key = Client['keys'][number]

export type KeyStanding = 'good' | 'expired' | 'revoked'
export type Standing = 'active' | 'disabled' | 'revoked' | 'noKey' | 'expiring'

const soonMs = 30 * 86_400_000

export function keyStanding(key: Key, nowMs: number): KeyStanding {
  if (key.revokedAt) return 'revoked'
  return Date.parse(key.expiresAt) <= nowMs ? 'expired' : 'good'
}

export const goodKeys = (client: Client, nowMs: number): readonly Key[] =>
  client.keys.filter((key) => keyStanding(key, nowMs) === 'good')

export function standingOf(client: Client, nowMs: number): Standing {
  if (client.revokedAt) return 'revoked'
  if (client.disabledAt) return 'disabled'
  const good = goodKeys(client, nowMs)
  if (good.length === 0) return 'noKey'
  return good.every(({ expiresAt }) => Date.parse(expiresAt) < nowMs + soonMs)
    ? 'expiring'
    : 'active'
}

export const lastUsed = ({ keys }: Client): string | null =>
  keys
    .map(({ lastUsedAt }) => lastUsedAt ?? '')
    .sort()
    .at(-1) || null

export const standingColours: Readonly<Record<Standing, string>> = {
  active: 'green',
  disabled: 'orange',
  revoked: 'default',
  noKey: 'red',
  expiring: 'gold',
}

/** In hundredths; null: nothing was asked. */
export const errorShare = ({ use }: Client): number | null =>
  use.requests === 0 ? null : Math.round(((use.refused + use.failed) / use.requests) * 100)
