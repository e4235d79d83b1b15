/**
 * Which transactions had ended at a moment, as PostgreSQL tells it (`pg_snapshot`): all below `xmin`, and of those below
 * `xmax` all but the `running` ones. Numbers of transactions are never used again; a double holds those of 280 years at a
 * million a second.
 */
export type Snapshot = { xmin: number; xmax: number; running: number[] }

/** A place in the order of commits, and when it was made, in seconds since 1970. */
export type Cursor = { at: Snapshot; madeAt: number }

/** The text that PostgreSQL writes: `10:20:10,14`. */
export function parseSnapshot(text: string): Snapshot {
  const [xmin, xmax, running = ''] = text.split(':')
  return {
    xmin: Number(xmin),
    xmax: Number(xmax),
    running: running === '' ? [] : running.split(',').map(Number),
  }
}

export const formatSnapshot = ({ xmin, xmax, running }: Snapshot): string =>
  `${xmin}:${xmax}:${running.join(',')}`

/** More running transactions than these are not written down: see `cut`. */
const MOST_RUNNING = 150

/** Longer than any cursor that `encodeCursor` makes. */
export const MAX_CURSOR_LENGTH = 1_500

const shape =
  /^([\da-z]{1,11})\.([\da-z]{1,11})\.((?:[\da-z]{1,11}(?:-[\da-z]{1,11})*)?)\.([\da-z]{1,8})$/

/** In the alphabet of addresses, since it comes back in one; opaque to callers. */
export function encodeCursor({ at, madeAt }: Cursor): string {
  const { xmin, xmax, running } = cut(at)
  const offsets = [xmax, ...running].map((xid) => (xid - xmin).toString(36))
  const [end, ...others] = offsets
  return `${xmin.toString(36)}.${end}.${others.join('-')}.${madeAt.toString(36)}`
}

/** Null for what `encodeCursor` has not made. */
export function decodeCursor(text: string): Cursor | null {
  const [, start = '', end = '', others = '', madeAt = ''] =
    text.length > MAX_CURSOR_LENGTH ? [] : (shape.exec(text) ?? [])
  if (start === '') return null
  const xmin = parseInt(start, 36)
  const ofOffset = (offset: string) => xmin + parseInt(offset, 36)
  const running = others === '' ? [] : others.split('-').map(ofOffset)
  const at = { xmin, xmax: ofOffset(end), running }
  return isSnapshot(at) ? { at, madeAt: parseInt(madeAt, 36) } : null
}

/** As PostgreSQL takes it: no transaction has the number 0, and those that run are between the others, in their order. */
function isSnapshot({ xmin, xmax, running }: Snapshot): boolean {
  const numbers = [xmin, ...running, xmax]
  const isAscending = running.every((xid, n) => xid < (running[n + 1] ?? xmax))
  return xmin > 0 && isAscending && numbers.every(Number.isSafeInteger)
}

/** The same or an earlier place, in fewer words: what came after may be told twice, and nothing is lost. */
function cut({ xmin, xmax, running }: Snapshot): Snapshot {
  const first = running[MOST_RUNNING]
  return first === undefined
    ? { xmin, xmax, running }
    : { xmin, xmax: first, running: running.slice(0, MOST_RUNNING) }
}
