/** So many attempts in any span of this length. */
export type RollingLimit = { attempts: number; windowSeconds: number }

/**
 * So many attempts as long as none of them is followed by `windowSeconds` without one; then one at a time, each after a
 * wait that begins with `windowSeconds` and doubles up to `longestWaitSeconds`.
 */
export type GrowingLimit = RollingLimit & { longestWaitSeconds: number }

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
