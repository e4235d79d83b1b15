const MB = 1024 * 1024

/** Three digits that mean something. */
export const inNumber = (value: number) =>
  value >= 100 || Number.isInteger(value)
    ? String(Math.round(value))
    : String(Number(value.toPrecision(2)))

export const inMs = (ms: number) => (ms < 1000 ? `${inNumber(ms)} ms` : inSeconds(ms / 1000))

export const inMegabytes = (bytes: number) => `${Math.round(bytes / MB)} MB`

/** `40 s`, `12 min`, `3 h`, `5 days`. */
export function inSeconds(seconds: number): string {
  if (seconds < 60) return `${inNumber(seconds)} s`
  if (seconds < 60 * 60) return `${Math.floor(seconds / 60)} min`
  if (seconds < 48 * 60 * 60) return `${Math.floor(seconds / 3600)} h`
  return `${Math.floor(seconds / 86_400)} days`
}
