import { createHash } from 'node:crypto'
import { addressKey } from './address.ts'

/** `account` is the e-mail that was typed, existing or not; `address` the caller's IP address. */
type SignInKey = {
  account: string
  address: string
  /** A device that signed in to this very account before, proven: its attempts are counted apart. */
  device?: string
}

/**
 * Slows down guessing of passwords (ASVS 5.0 V6.3.1). Unknown accounts are counted like existing ones, so that a
 * refusal tells nothing about them. Devices that are known have attempts of their own, so that strangers cannot lock
 * the owner out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 */
export type SignInThrottle = {
  /**
   * Counts an attempt and says whether it may go on. Call it before the password is checked: guesses made in
   * parallel are then counted too. A refused attempt changes nothing about when the next one is allowed.
   */
  attempt(
    key: SignInKey,
  ): Promise<{ allowed: true } | { allowed: false; retryAfterSeconds: number }>
  /** Gives the attempts back after a right password, the account's or the device's; those of the address stay. */
  succeeded(key: SignInKey): Promise<void>
}

export type SignInLimits = { account?: GrowingLimit; address?: RollingLimit }

/** 5 attempts an account, then one after 15 min, 30 min and each further hour; 100 in any hour an address. */
export function createSignInThrottle(
  store: ThrottleStore,
  {
    account = { attempts: 5, windowSeconds: 15 * 60, longestWaitSeconds: 60 * 60 },
    address = { attempts: 100, windowSeconds: 60 * 60 },
  }: SignInLimits = {},
): SignInThrottle {
  return {
    async attempt(key) {
      // The address first: one that is refused must not use up other people's attempts.
      const wait =
        (await store.attemptRolling(`address:${addressKey(key.address)}`, address)) ||
        (await store.attemptGrowing(accountKey(key), account))
      return wait === 0 ? { allowed: true } : { allowed: false, retryAfterSeconds: Math.ceil(wait) }
    },
    succeeded: (key) => store.clear(accountKey(key)),
  }
}

/**
 * The same for codes of a few digits, by account: 5 attempts, then one after 30 min and each further hour; even
 * when they are paced there are never ten in an hour (OWASP ASVS 5.0 6.6.3).
 */
export const createCodeThrottle = (store: ThrottleStore): SignInThrottle =>
  createSignInThrottle(store, {
    account: { attempts: 5, windowSeconds: 30 * 60, longestWaitSeconds: 60 * 60 },
  })

/** Hashed: of fixed size whatever was typed, and no list of e-mails wherever the counters are kept. */
function accountKey({ account, device }: SignInKey): string {
  const email = account.trim().toLowerCase()
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
  return device === undefined ? `account:${hash(email)}` : `device:${hash(email)}:${hash(device)}`
}

/** So many attempts in any span of this length. */
type RollingLimit = { attempts: number; windowSeconds: number }

/**
 * So many attempts as long as none of them is followed by `windowSeconds` without one; then one at a time, each after a
 * wait that begins with `windowSeconds` and doubles up to `longestWaitSeconds`.
 */
type GrowingLimit = RollingLimit & { longestWaitSeconds: number }

/** A key that had to wait starts from zero after so long without an attempt that was allowed. */
export const FORGET_SECONDS = 24 * 3600

/**
 * Attempts that all processes count together, on the clock of their store; exact, however many come at once. They
 * return the seconds to wait: 0 means that the attempt was allowed and is counted. A refused one changes nothing.
 */
export type ThrottleStore = {
  attemptRolling(key: string, limit: RollingLimit): Promise<number>
  attemptGrowing(key: string, limit: GrowingLimit): Promise<number>
  /** As if there had been no attempts. */
  clear(key: string): Promise<void>
}
