/** How late the event loop may be before less work is admitted. */
const LATE_MS = 100
/** What is always admitted: enough to keep two cores busy, and little enough to be done within a second. */
const LEAST = 40
const GROWTH = 1 / 20

/**
 * How much work, in calls, may be under way at once, after the event loop was `lateMs` late: while it is late, as many as
 * would have been done in time, since it is late by what was admitted; a little more each time while it is not. A fixed
 * number would be wrong for somebody: machines differ, and so does what their other cores have to do.
 */
export function nextInFlightLimit(current: number, lateMs: number, most: number): number {
  const next = lateMs > LATE_MS ? (current * LATE_MS) / lateMs : current + most * GROWTH
  return Math.min(most, Math.max(LEAST, Math.floor(next)))
}
