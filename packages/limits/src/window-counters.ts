import type { Quota, WindowUse } from './window.ts'

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
