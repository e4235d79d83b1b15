import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

/** What is left of an allowance after a charge. */
type Allowance = {
  allowed: boolean
  remaining: number
  /** Until the allowance is whole again. */
  resetSeconds: number
}

/** Counts cost units by key in windows of a minute. */
export type RateLimiter = {
  /** Units a minute. */
  readonly quota: number
  /** Takes `cost` units; a refused charge counts too. */
  charge(key: string, cost: number): Promise<Allowance>
  /** Whether the allowance of `key` is used up; takes nothing. */
  isUsedUp(key: string): Promise<boolean>
}

export const WINDOW_SECONDS = 60

/** Counts in this process: right for one instance. */
export function createMemoryRateLimiter(quota: number): RateLimiter {
  const limiter = new RateLimiterMemory({ points: quota, duration: WINDOW_SECONDS })
  return {
    quota,
    async charge(key, cost) {
      try {
        return toAllowance(await limiter.consume(key, cost), true)
      } catch (refusal) {
        if (refusal instanceof RateLimiterRes) return toAllowance(refusal, false)
        throw refusal
      }
    },
    async isUsedUp(key) {
      const counted = await limiter.get(key)
      return counted !== null && counted.consumedPoints >= quota
    },
  }
}

function toAllowance({ remainingPoints, msBeforeNext }: RateLimiterRes, allowed: boolean) {
  return {
    allowed,
    remaining: remainingPoints,
    resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
  }
}
