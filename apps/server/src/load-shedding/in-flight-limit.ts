/** How late the event loop may be before less work is let in. */
const LATE_MS = 100
/** What is always let in: enough to keep two cores busy, and little enough to be answered within a second. */
const LEAST = 8

/**
 * How many requests may be worked on at once, after the event loop was `lateMs` late: half of what it was while the
 * loop is late, a tenth of `most` more while it is not (additive increase, multiplicative decrease, as TCP does). A
 * fixed number alone would be wrong for one of the two: pages take ten times the work of an answer of the API.
 */
export function nextInFlightLimit(current: number, lateMs: number, most: number): number {
  const next = lateMs > LATE_MS ? current / 2 : current + most / 10
  return Math.min(most, Math.max(LEAST, Math.floor(next)))
}
