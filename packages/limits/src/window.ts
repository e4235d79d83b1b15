/** What one key has used: in the window that runs and in the whole one before it. */
export type WindowUse = { current: number; previous: number; elapsedSeconds: number }

export type Quota = { quota: number; windowSeconds: number }

/**
 * Units that are free in a sliding window of two counts: the earlier one is weighted with the share of it that still
 * lies within the window, as if its units had been taken evenly.
 */
export function freeUnits(use: WindowUse, { quota, windowSeconds }: Quota): number {
  const share = Math.max(0, 1 - Math.max(0, use.elapsedSeconds) / windowSeconds)
  return Math.max(0, Math.floor(quota - use.current - use.previous * share))
}

/** Seconds until `units` are free if nobody takes any meanwhile; 0 when they are, Infinity when they never will be. */
export function secondsUntilFree(units: number, use: WindowUse, limit: Quota): number {
  const { quota, windowSeconds } = limit
  if (units > quota) return Infinity
  if (freeUnits(use, limit) >= units) return 0
  const spare = quota - units
  if (use.current <= spare) {
    const fadedAt = windowSeconds * (1 - (spare - use.current) / use.previous)
    return Math.max(0, fadedAt - use.elapsedSeconds)
  }
  // Not in this window; in the next one its count fades in turn.
  return windowSeconds - use.elapsedSeconds + windowSeconds * (1 - spare / use.current)
}

/** At least `least` units or none, and no more than `most`; both are whole and above 0. */
type Demand = Quota & { key: string; least: number; most: number }

/** What was given, and what the key has used then. */
type Taken = WindowUse & { granted: number }

/**
 * Sliding windows that all processes share, on the clock of their store. A key's windows follow each other from its
 * first unit on; one that was idle for two windows starts again from zero. A refusal counts nothing.
 */
export type WindowCounters = {
  /** Exact, however many take at once. */
  take(demand: Demand): Promise<Taken>
}

/** Stands in for the store's clock: for tests. */
export type Clock = () => Date
