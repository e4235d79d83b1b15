import { createHash } from 'node:crypto'
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'
import { addressKey } from './address.ts'

/** `account` is the e-mail that was typed, existing or not; `address` the caller's IP address. */
export type SignInKey = { account: string; address: string }

/**
 * Slows down guessing of passwords (ASVS 5.0 V6.3.1). Unknown accounts are counted like existing ones, so that a
 * refusal tells nothing about them.
 */
export type SignInThrottle = {
  /**
   * Counts an attempt and says whether it may go on. Call it before the password is checked: guesses made in
   * parallel are then counted too. A refused attempt changes nothing about when the next one is allowed.
   */
  attempt(
    key: SignInKey,
  ): Promise<{ allowed: true } | { allowed: false; retryAfterSeconds: number }>
  /** Gives the account's attempts back after a right password; those of the address stay counted. */
  succeeded(key: SignInKey): Promise<void>
}

type Limit = { attempts: number; windowSeconds: number }

export type SignInLimits = { account?: Limit; address?: Limit }

/** Counts in this process: for one instance only. Default: 5 in 15 minutes an account, 100 in an hour an address. */
export function createMemoryThrottle({
  account = { attempts: 5, windowSeconds: 15 * 60 },
  address = { attempts: 100, windowSeconds: 60 * 60 },
}: SignInLimits = {}): SignInThrottle {
  const accounts = new RateLimiterMemory({
    points: account.attempts,
    duration: account.windowSeconds,
  })
  const addresses = new RateLimiterMemory({
    points: address.attempts,
    duration: address.windowSeconds,
  })

  return {
    async attempt(key) {
      // The address first: one that is refused must not use up other people's attempts.
      const waitMs =
        (await consume(addresses, addressKey(key.address))) ||
        (await consume(accounts, accountKey(key.account)))
      return waitMs === 0
        ? { allowed: true }
        : { allowed: false, retryAfterSeconds: Math.ceil(waitMs / 1000) }
    },
    async succeeded(key) {
      await accounts.delete(accountKey(key.account))
    },
  }
}

/** Milliseconds to wait; 0 when the attempt is allowed. */
async function consume(limiter: RateLimiterAbstract, key: string): Promise<number> {
  try {
    await limiter.consume(key)
    return 0
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(refusal.msBeforeNext, 1)
    throw refusal
  }
}

/** Hashed: of fixed size whatever was typed, and no list of e-mails wherever the counters are kept. */
function accountKey(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
}
