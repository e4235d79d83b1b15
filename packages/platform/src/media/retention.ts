import type { ListedRow } from './queries.ts'

const HOUR_MS = 60 * 60_000
const DAY_MS = 24 * HOUR_MS

/** How long a file is kept that nothing uses, and one that was refused. */
export const UNUSED_MS = 30 * DAY_MS

/** When those are removed that nothing has used for so long, every day: looking through all files is for the night. */
const NIGHT_MS = 3 * HOUR_MS + 40 * 60_000
export const NIGHTLY = '40 3 * * *'

type Kept = Pick<ListedRow, 'state' | 'updatedAt' | 'useCount'>

/** When a file is removed unless something uses it until then; null where something does, and while it is at work. */
export function removedAt({ state, updatedAt, useCount }: Kept): Date | null {
  if (useCount > 0 || (state !== 'ready' && state !== 'refused')) return null
  const over = updatedAt.getTime() + UNUSED_MS
  if (state === 'refused') return new Date(over)
  return new Date(Math.ceil((over - NIGHT_MS) / DAY_MS) * DAY_MS + NIGHT_MS)
}
