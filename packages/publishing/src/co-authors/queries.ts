import type { Db, Queryable } from '@galley/db/client'
import { articleAuthors, articles, users } from '@galley/db/schema'
import { countListed } from '@galley/platform/count-listed'
import { comesAfter, inOrder, type SortedStart } from '@galley/platform/order'
import { bylineColumns } from '@galley/platform/users/queries'
import { isKept } from '../articles/queries.ts'
import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'

export type AuthorRow = Awaited<ReturnType<typeof listAuthorRows>>[number]

/** Who writes an article, and who is invited to, in the order of the byline. */
export const listAuthorRows = (db: Queryable, articleId: string) =>
  db
    .select({
      userId: articleAuthors.userId,
      ...bylineColumns,
      position: articleAuthors.position,
      createdAt: articleAuthors.createdAt,
      acceptedAt: articleAuthors.acceptedAt,
    })
    .from(articleAuthors)
    .innerJoin(users, eq(users.id, articleAuthors.userId))
    .where(eq(articleAuthors.articleId, articleId))
    .orderBy(asc(articleAuthors.position), asc(articleAuthors.userId))

/** Somebody who may write here, and is not suspended. */
export async function findWriter(db: Queryable, username: string) {
  const [row] = await db
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        eq(users.username, username),
        isNotNull(users.emailVerifiedAt),
        eq(users.status, 'active'),
        inArray(users.role, ['author', 'editor', 'admin']),
      ),
    )
  return row ?? null
}

const inviters = alias(users, 'inviters')

/** Of an article in the trash nobody is told. */
const isWaiting = (userId: string) =>
  and(
    eq(articleAuthors.userId, userId),
    isNull(articleAuthors.acceptedAt),
    sql`exists (select 1 from ${articles} where ${articles.id} = ${articleAuthors.articleId} and ${isKept})`,
  )

export type InvitationRow = Awaited<ReturnType<typeof listInvitationRows>>[number]

/** What a person is invited to. */
export const listInvitationRows = (
  db: Db,
  userId: string,
  { order, after, offset, limit }: SortedStart,
) =>
  db
    .select({
      id: articles.id,
      title: articles.title,
      description: articles.description,
      status: articles.status,
      author: bylineColumns,
      invitedBy: {
        username: inviters.username,
        displayName: inviters.displayName,
        avatarMediaId: inviters.avatarMediaId,
      },
      invitedAt: articleAuthors.createdAt,
    })
    .from(articleAuthors)
    .innerJoin(articles, eq(articles.id, articleAuthors.articleId))
    .innerJoin(users, eq(users.id, articles.authorId))
    .leftJoin(inviters, eq(inviters.id, articleAuthors.invitedBy))
    .where(and(isWaiting(userId), comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)

export const countInvitations = (db: Db, userId: string) =>
  countListed(db, articleAuthors, isWaiting(userId))
