import type { Queryable } from '@galley/db/client'
import { revisions, users } from '@galley/db/schema'
import { comesAfter, inOrder, type SortedStart } from '@galley/platform/order'
import { bylineColumns } from '@galley/platform/users/queries'
import { and, desc, eq, lt, type SQL } from 'drizzle-orm'

export const summaryColumns = {
  id: revisions.id,
  articleId: revisions.articleId,
  version: revisions.version,
  author: bylineColumns,
  cause: revisions.cause,
  reason: revisions.reason,
  wasPublic: revisions.wasPublic,
  restoredVersion: revisions.restoredVersion,
  title: revisions.title,
  words: revisions.words,
  createdAt: revisions.createdAt,
  savedAt: revisions.savedAt,
}

const textColumns = {
  ...summaryColumns,
  description: revisions.description,
  coverUrl: revisions.coverUrl,
  coverMediaId: revisions.coverMediaId,
  coverFocus: revisions.coverFocus,
  body: revisions.body,
  language: revisions.language,
  tags: revisions.tagSlugs,
}

export const listOfArticle = (
  db: Queryable,
  articleId: string,
  { order, after, offset, limit }: SortedStart,
) =>
  db
    .select(summaryColumns)
    .from(revisions)
    .innerJoin(users, eq(users.id, revisions.authorId))
    .where(and(eq(revisions.articleId, articleId), comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)

export type SummaryRow = Awaited<ReturnType<typeof listOfArticle>>[number]
export type RevisionRow = NonNullable<Awaited<ReturnType<typeof findRevision>>>

const find = async (db: Queryable, isWanted: SQL | undefined) => {
  const [row] = await db
    .select(textColumns)
    .from(revisions)
    .innerJoin(users, eq(users.id, revisions.authorId))
    .where(isWanted)
    .orderBy(desc(revisions.version))
    .limit(1)
  return row ?? null
}

export const findRevision = (db: Queryable, id: string) => find(db, eq(revisions.id, id))

/** The one before it of the same article. */
export const findEarlier = (
  db: Queryable,
  { articleId, version }: Pick<SummaryRow, 'articleId' | 'version'>,
) => find(db, and(eq(revisions.articleId, articleId), lt(revisions.version, version)))
