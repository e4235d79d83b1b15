import { useSyncExternalStore } from 'react'

type TimeProps = { timestamp: string }

/** A day, in the reader's zone as soon as the page is alive; the exact moment in UTC on hover. */
export const Day = ({ timestamp }: TimeProps) => (
  <time dateTime={timestamp} title={formatMoment(timestamp)}>
    {useHydrated() ? formatLocalDay(timestamp) : formatDay(timestamp)}
  </time>
)

/** A day and the time of day, likewise. */
export const Moment = ({ timestamp }: TimeProps) => (
  <time dateTime={timestamp} title={formatMoment(timestamp)}>
    {useHydrated() ? formatLocalMoment(timestamp) : formatMoment(timestamp)}
  </time>
)

/** The server does not know the reader's zone: false for what it renders and for the first render in the browser. */
const useHydrated = () =>
  useSyncExternalStore(
    never,
    () => true,
    () => false,
  )

const never = () => () => {}

const day: Intl.DateTimeFormatOptions = { dateStyle: 'long' }
const moment: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short' }

const inZone = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options)

const monthName = new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' })
const months = Array.from({ length: 12 }, (_, month) => monthName.format(Date.UTC(2000, month)))

/**
 * `14 March 2026`, in UTC: the server and every browser write the same. Not by Intl, which takes longer: a
 * page has dozens.
 */
export function formatDay(timestamp: string) {
  const date = new Date(timestamp)
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`
}

/** `14 March 2026 at 08:30 UTC`. */
export const formatMoment = (timestamp: string) =>
  `${formatDay(timestamp)} at ${new Date(timestamp).toISOString().slice(11, 16)} UTC`

/** The same in the zone of the reader's device; in the browser only. */
const formatLocalDay = (timestamp: string) => inZone(day).format(new Date(timestamp))
const formatLocalMoment = (timestamp: string) => inZone(moment).format(new Date(timestamp))
