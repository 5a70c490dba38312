/**
 * One token bucket per client, in this process. It protects the hub from one client's mistake; the
 * clients are known by key, so the table of buckets is as short as the list of clients.
 */
export interface RateRule {
  /** How many requests may come at once. */
  readonly burst: number
  readonly perSecond: number
}

export const defaultRate: RateRule = { burst: 10_000, perSecond: 5_000 }

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

export function createRateLimit(rule: RateRule, nowMs: () => number): RateLimit {
  const buckets = new Map<string, Bucket>()

  const refill = (client: string): Bucket => {
    const atMs = nowMs()
    const bucket = buckets.get(client) ?? { tokens: rule.burst, atMs }
    const gained = ((atMs - bucket.atMs) / 1000) * rule.perSecond
    bucket.tokens = Math.min(rule.burst, bucket.tokens + gained)
    bucket.atMs = atMs
    buckets.set(client, bucket)
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
