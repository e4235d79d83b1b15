const DAY_MS = 24 * 60 * 60 * 1000
/** A `Date` of a later year is written with a sign, which PostgreSQL does not read. */
const LAST_MS = Date.parse('9999-12-31T23:59:59.999Z')

const isDay = (given: string) => given.length === '2026-03-14'.length

/** The first moment that `from` lets in: a day of UTC from its beginning on, or a moment. */
export const periodStart = (from: string): Date => new Date(from)

/** The first moment that `to` keeps out: a day is included, a moment is not. */
export const periodEnd = (to: string): Date =>
  new Date(isDay(to) ? Math.min(Date.parse(to) + DAY_MS, LAST_MS) : to)

/** For `refine` of what takes `from` and `to`; one of them without the other goes on for ever. */
export function isForward(input: object): boolean {
  const { from, to }: { from?: unknown; to?: unknown } = input
  if (typeof from !== 'string' || typeof to !== 'string') return true
  const [start, end] = [periodStart(from), periodEnd(to)]
  return isDay(to) ? start < end : start <= end
}
