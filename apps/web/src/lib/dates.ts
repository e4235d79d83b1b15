const day: Intl.DateTimeFormatOptions = { dateStyle: 'long' }
const moment: Intl.DateTimeFormatOptions = { dateStyle: 'long', timeStyle: 'short' }

const inUtc = (options: Intl.DateTimeFormatOptions) => inZone({ ...options, timeZone: 'UTC' })
const inZone = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat('en-GB', options)

const utcDay = inUtc(day)
const utcMoment = inUtc(moment)

/** `14 March 2026`, in UTC: the server and every browser write the same. */
export const formatDay = (timestamp: string) => utcDay.format(new Date(timestamp))

/** `14 March 2026 at 08:30 UTC`. */
export const formatMoment = (timestamp: string) => `${utcMoment.format(new Date(timestamp))} UTC`

/** The same in the zone of the reader's device; in the browser only. */
export const formatLocalDay = (timestamp: string) => inZone(day).format(new Date(timestamp))
export const formatLocalMoment = (timestamp: string) => inZone(moment).format(new Date(timestamp))
