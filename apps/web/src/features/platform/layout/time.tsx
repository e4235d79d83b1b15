import { useSyncExternalStore } from 'react'
import { formatDay, formatLocalDay, formatLocalMoment, formatMoment } from '../../../lib/dates.ts'

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
