/** What a clock on the wall of a zone shows, as a field of a form has it: `2026-03-29T02:30`. */
export type WallTime = string

/** The moments at which the clock shows a time: one, two where it is turned back, none where it is turned forward. */
export type Moments =
  | { kind: 'once'; at: Date }
  | { kind: 'twice'; first: Date; second: Date }
  /** `at` is as long after the change as the time would be; `shown` is what the clock shows then. */
  | { kind: 'never'; at: Date; shown: WallTime }

const DAY_MS = 24 * 60 * 60_000

/**
 * When it is that time in an IANA zone, by the rules that the browser knows. By Intl alone: Temporal, which has this built
 * in, is missing in browsers that people write with. Null where it is no time.
 */
export function momentsOf(wall: WallTime, zone: string): Moments | null {
  const asUtc = Date.parse(`${wall}Z`)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(wall) || Number.isNaN(asUtc)) return null
  // No zone changes its clock twice within two days, nor is further than a day from UTC.
  const [before, after] = [offsetAt(asUtc - DAY_MS, zone), offsetAt(asUtc + DAY_MS, zone)]
  const moments = [...new Set([before, after])]
    .map((offset) => asUtc - offset)
    .filter((moment) => wallTimeOf(new Date(moment), zone) === wall)
    .toSorted((one, other) => one - other)
    .map((moment) => new Date(moment))
  const [first, second] = moments
  if (first && second) return { kind: 'twice', first, second }
  if (first) return { kind: 'once', at: first }
  const at = new Date(asUtc - before)
  return { kind: 'never', at, shown: wallTimeOf(at, zone) }
}

/** What the clock of a zone shows at a moment, to the minute. */
export function wallTimeOf(moment: Date, zone: string): WallTime {
  return new Date(moment.getTime() + offsetAt(moment.getTime(), zone)).toISOString().slice(0, 16)
}

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, zone: string): number {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  const shown = Date.UTC(year, month - 1, day, hour, minute, second)
  return shown - Math.floor(moment / 1000) * 1000
}

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone)
  if (known) return known
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  clocks.set(zone, clock)
  return clock
}

/** `UTC+05:30` at a moment: what tells two moments of one time apart. */
export function offsetName(moment: Date, zone: string): string {
  const minutes = Math.round(offsetAt(moment.getTime(), zone) / 60_000)
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  const digits = (count: number) => String(count).padStart(2, '0')
  return `UTC${minutes < 0 ? '−' : '+'}${digits(hours)}:${digits(rest)}`
}

/** `15 October 2046 at 08:00`, as the clock of a zone shows it. */
export const formatWall = (moment: Date, zone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    dateStyle: 'long',
    timeStyle: 'short',
  }).format(moment)
