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

const inUtc = (options: Intl.DateTimeFormatOptions) => inZone({ ...options, timeZone: 'UTC' })
const inZone = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options)

const utcDay = inUtc(day)
const utcMoment = inUtc(moment)

/** `14 March 2026`, in UTC: the server and every browser write the same. */
export const formatDay = (timestamp: string) => utcDay.format(new Date(timestamp))

/** `14 March 2026 at 08:30 UTC`. */
const formatMoment = (timestamp: string) => `${utcMoment.format(new Date(timestamp))} UTC`

/** The same in the zone of the reader's device; in the browser only. */
const formatLocalDay = (timestamp: string) => inZone(day).format(new Date(timestamp))
const formatLocalMoment = (timestamp: string) => inZone(moment).format(new Date(timestamp))
