/** What a field of text stands for where it may be left empty. */
export const emptyToNull = (text: string): string | null => (text.trim() === '' ? null : text)

/** The whole number in a field: null where it is empty, NaN where it holds something else. */
export function integerIn(text: string): number | null {
  if (text.trim() === '') return null
  return /^\s*[+-]?\d{1,15}\s*$/.test(text) ? Number(text) : NaN
}

/** The timestamp (ISO 8601, UTC) of a local time as `<input type="datetime-local">` holds it; null where it is empty. */
export function timestampIn(text: string): string | null {
  if (text === '') return null
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : date.toISOString()
}

/** A timestamp as `<input type="datetime-local">` holds it: in the zone of the device, no finer than it is. */
export function localTimeOf(timestamp: string | null | undefined): string {
  if (!timestamp) return ''
  const date = new Date(timestamp)
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000)
  return local.toISOString().replace(/(:00)?\.000Z$|Z$/, '')
}
