const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
const moment = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'long',
  timeStyle: 'short',
  timeZone: 'UTC',
})

/** `14 March 2026`. Always UTC, so that the server and every browser write the same. */
export const formatDay = (timestamp: string) => day.format(new Date(timestamp))

/** `14 March 2026 at 08:30 UTC`. */
export const formatMoment = (timestamp: string) => `${moment.format(new Date(timestamp))} UTC`
