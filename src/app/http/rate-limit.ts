/**
 * One token bucket per client, in this process. It protects the hub from one client's mistake. Clients that
 * are known by key are few; of others, known by their address, no more buckets are held than is said: then
 * those that are full again are forgotten, and whoever comes while none is shares one with all the others.
 */
export interface RateRule {
  /** How many requests may come at once. */
  readonly burst: number
  readonly perSecond: number
}

export const defaultRate: RateRule = { burst: 10_000, perSecond: 5_000 }

/** What anybody may ask for who has a link: from one address, and by one link. */
export const defaultLinkRates = {
  address: { burst: 300, perSecond: 5 },
  token: { burst: 20, perSecond: 0.2 },
} as const satisfies Record<string, RateRule>

interface RateDecision {
  readonly allowed: boolean
  /** Value of the `RateLimit` header (draft-ietf-httpapi-ratelimit-headers). */
  readonly header: string
  /** Whole seconds until a request may pass; 0 when this one does. */
  readonly retryAfterSeconds: number
}

export interface RateLimit {
  /** Value of the `RateLimit-Policy` header. */
  readonly policy: string
  take(client: string): RateDecision
}

interface Bucket {
  tokens: number
  atMs: number
}

/** No client's own name. */
const allOthers = '*'

export function createRateLimit(
  rule: RateRule,
  nowMs: () => number,
  mostBuckets = 10_000,
): RateLimit {
  const buckets = new Map<string, Bucket>()
  let clearedAtMs = Number.NEGATIVE_INFINITY

  const tokensIn = ({ tokens, atMs }: Bucket, now: number): number =>
    Math.min(rule.burst, tokens + ((now - atMs) / 1000) * rule.perSecond)

  /** At most once a second: looking through all of them must not become the cost of every request. */
  const clear = (now: number): void => {
    if (now - clearedAtMs < 1000) return
    clearedAtMs = now
    for (const [client, bucket] of buckets)
      if (tokensIn(bucket, now) >= rule.burst) buckets.delete(client)
  }

  const refill = (client: string): Bucket => {
    const atMs = nowMs()
    if (buckets.size >= mostBuckets && !buckets.has(client)) clear(atMs)
    const isKnown = buckets.has(client) || buckets.size < mostBuckets
    const name = isKnown ? client : allOthers
    const before = buckets.get(name)
    const bucket = { tokens: before ? tokensIn(before, atMs) : rule.burst, atMs }
    buckets.set(name, bucket)
    return bucket
  }

  return {
    policy: `"requests";q=${rule.burst};w=${Math.max(1, Math.ceil(rule.burst / rule.perSecond))}`,
    take(client) {
      const bucket = refill(client)
      const allowed = bucket.tokens >= 1
      if (allowed) bucket.tokens -= 1
      const remaining = Math.floor(bucket.tokens)
      const untilFull = Math.ceil((rule.burst - bucket.tokens) / rule.perSecond)
      return {
        allowed,
        header: `"requests";r=${remaining};t=${untilFull}`,
        retryAfterSeconds: allowed ? 0 : Math.ceil((1 - bucket.tokens) / rule.perSecond),
      }
    },
  }
}
