import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '@galley/db/client'
import { revisions } from '@galley/db/schema'
import { and, desc, eq, sql } from 'drizzle-orm'
import { isPublic } from '../articles/find.ts'
import type { ArticleRow } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'
import { continuesRevision } from './policy.ts'

/** The most that are kept of one article. */
export const MOST_REVISIONS = 200

export type Save = {
  cause: (typeof revisions.$inferSelect)['cause']
  reason?: string | undefined
  restoredVersion?: number
}

type Change = { before: ArticleRow | null; after: ArticleRow }

/**
 * Keeps the text that a save has given an article, in the save's own transaction, in which the article is locked. What was
 * written before revisions were kept, or past them, becomes one first, so that no text is replaced that is nowhere else.
 */
export async function recordRevision(
  ctx: AuthedCtx,
  tx: Tx,
  { before, after }: Change,
  { cause, reason = '', restoredVersion }: Save,
): Promise<void> {
  const [last] = before ? await findLast(tx, after.id) : []
  if (before && last?.version !== before.version) await recordUnrecorded(tx, before)
  const at = ctx.now()
  const authorId = ctx.actor.user.id
  const wasPublic = isPublic(after.status)
  const text = textOf(after)
  const next = { authorId, cause, wasPublic, words: after.words, changes: before?.version ?? 0, at }
  if (last && continuesRevision(last, next)) {
    await tx
      .update(revisions)
      .set({ ...text, reason, version: after.version, savedAt: at })
      .where(eq(revisions.id, last.id))
    return
  }
  const own = { articleId: after.id, authorId, version: after.version, cause, reason, wasPublic }
  const times = { createdAt: at, savedAt: at }
  await tx.insert(revisions).values({ ...text, ...own, ...times, restoredVersion })
  if (before) await deleteBeyondMost(tx, after)
}

/** A new version of an article with the text of the last: what becomes public is kept as such. */
export async function recordVersion(
  tx: Tx,
  { before, after }: { before: ArticleRow; after: ArticleRow },
): Promise<void> {
  const wasPublic = isPublic(before.status) || isPublic(after.status)
  await tx
    .update(revisions)
    .set({ version: after.version, ...(wasPublic && { wasPublic }) })
    .where(and(eq(revisions.articleId, before.id), eq(revisions.version, before.version)))
}

const findLast = (tx: Tx, articleId: string) =>
  tx
    .select({
      id: revisions.id,
      authorId: revisions.authorId,
      version: revisions.version,
      cause: revisions.cause,
      reason: revisions.reason,
      wasPublic: revisions.wasPublic,
      words: revisions.words,
      createdAt: revisions.createdAt,
    })
    .from(revisions)
    .where(eq(revisions.articleId, articleId))
    .orderBy(desc(revisions.version))
    .limit(1)

/** Who wrote it is not known: it counts as the article's author's. */
async function recordUnrecorded(tx: Tx, stored: ArticleRow): Promise<void> {
  const [last] = await tx
    .select()
    .from(revisions)
    .where(eq(revisions.articleId, stored.id))
    .orderBy(desc(revisions.version))
    .limit(1)
  const text = textOf(stored)
  if (last && isDeepStrictEqual(textOf(last), text)) return
  await tx.insert(revisions).values({
    ...text,
    articleId: stored.id,
    authorId: stored.authorId,
    version: stored.version,
    cause: last ? 'saved' : 'created',
    wasPublic: isPublic(stored.status),
    createdAt: stored.updatedAt,
    savedAt: stored.updatedAt,
  })
}

/** Of what readers never saw the oldest first. */
async function deleteBeyondMost(tx: Tx, { id, version }: ArticleRow): Promise<void> {
  await tx.execute(sql`delete from ${revisions} where ${revisions.id} in (
    select id from ${revisions} where article_id = ${id}
    order by version = ${version} desc, was_public desc, version desc
    offset ${MOST_REVISIONS})`)
}

type Text = Pick<
  ArticleRow,
  | 'title'
  | 'description'
  | 'coverUrl'
  | 'coverMediaId'
  | 'coverFocus'
  | 'body'
  | 'language'
  | 'tagSlugs'
  | 'words'
>

const textOf = (row: Text): Text => ({
  title: row.title,
  description: row.description,
  coverUrl: row.coverUrl,
  coverMediaId: row.coverMediaId,
  coverFocus: row.coverFocus,
  body: row.body,
  language: row.language,
  tagSlugs: row.tagSlugs,
  words: row.words,
})
