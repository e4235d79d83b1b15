/** The ids that `content.sql` gives, in the shape of UUIDv7: kind in the first group, number in the last. */
const idOf = (kind: number) => (n: number) =>
  `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

export const userId = idOf(1)
export const articleId = idOf(3)

export const articleSlug = (n: number) => `an-article-about-engines-${n}`

const FIRST = Date.parse('2024-01-01T00:00:00Z')
const APART_MS = 17 * 60_000

/** Where a list goes on after article `n`. */
export const cursorAfter = (n: number) =>
  Buffer.from(JSON.stringify([FIRST + n * APART_MS, articleId(n)])).toString('base64url')

/** The newest comment of the data set: what is younger was written by a measurement. */
export const lastComment = new Date(
  Date.parse('2025-09-01T00:00:00Z') + 200_000 * 10_000,
).toISOString()
