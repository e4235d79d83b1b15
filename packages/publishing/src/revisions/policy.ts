import type { revisions } from '@galley/db/schema'

/** For how long the saves of one author become one revision. */
export const SQUASH_MS = 10 * 60_000

type Row = typeof revisions.$inferSelect

export type LastRevision = Pick<
  Row,
  'authorId' | 'version' | 'cause' | 'reason' | 'wasPublic' | 'words' | 'createdAt'
>

export type NextSave = Pick<Row, 'authorId' | 'cause' | 'wasPublic' | 'words'> & {
  /** The version that it changes. */
  changes: number
  at: Date
}

/**
 * Whether a save goes on with the last revision instead of making another: of the same author, within ten minutes of its
 * first save, with nothing between. What readers saw, what was saved for a reason and what was restored stays, and so
 * does a text of which a save leaves less than half.
 */
export function continuesRevision(last: LastRevision, next: NextSave): boolean {
  const elapsed = next.at.getTime() - last.createdAt.getTime()
  return (
    last.authorId === next.authorId &&
    last.version === next.changes &&
    last.cause !== 'restored' &&
    next.cause === 'saved' &&
    last.reason === '' &&
    !last.wasPublic &&
    !next.wasPublic &&
    elapsed >= 0 &&
    elapsed < SQUASH_MS &&
    !losesMuch(last.words, next.words)
  )
}

/** A few words are written again sooner than they are looked for. */
const MUCH = 20

const losesMuch = (before: number, after: number) => before - after >= MUCH && after < before / 2
