import {
  MAX_AUTHORS,
  type ArticleAuthors,
  type AuthorsOfArticle,
  type CoAuthorByUsername,
  type OrderAuthors,
} from '@galley/contract/publishing/co-authors'
import { articleAuthors } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { emit } from '@galley/platform/events/emit'
import { and, eq, sql } from 'drizzle-orm'
import { authorizeTo, getArticleToDo, lockArticleToDo } from '../articles/find.ts'
import { findArticleForUpdate } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'
import { endLinksOf } from '../preview-links/manage.ts'
import { announceByline, auditAuthors, readAuthors } from './internal.ts'
import { findWriter, listAuthorRows } from './queries.ts'

/** Who writes an article, and who is invited to, for those who may edit it. */
export async function listAuthors(
  ctx: AuthedCtx,
  input: AuthorsOfArticle,
): Promise<ArticleAuthors> {
  return readAuthors(ctx, ctx.db, await getArticleToDo(ctx, 'read', input.articleId))
}

/**
 * Invites a person to write an article along, by their username; inviting again changes nothing. Throws
 * `co-author/not-a-writer`, `co-author/too-many`.
 */
export function inviteCoAuthor(
  ctx: AuthedCtx,
  { articleId, username }: CoAuthorByUsername,
): Promise<ArticleAuthors> {
  return transact(ctx, async (tx) => {
    const article = await lockArticleToDo(ctx, tx, 'manage', articleId)
    const rows = await listAuthorRows(tx, articleId)
    if (rows.some((row) => row.username === username)) return readAuthors(ctx, tx, article)
    const person = await findWriter(tx, username)
    if (!person) {
      const fields = [{ path: 'username', message: 'Nobody who writes here has this username.' }]
      throw new AppError('co-author/not-a-writer', { fields })
    }
    if (rows.length >= MAX_AUTHORS) throw new AppError('co-author/too-many')
    const byUserId = ctx.actor.user.id
    await tx.insert(articleAuthors).values({
      articleId,
      userId: person.id,
      position: 1 + Math.max(...rows.map(({ position }) => position)),
      invitedBy: byUserId,
      createdAt: ctx.now(),
    })
    await auditAuthors(ctx, tx, 'author-invited', article, {
      after: { userId: person.id, username },
    })
    await emit(ctx, tx, 'byline.invited', { articleId, userId: person.id, byUserId })
    return readAuthors(ctx, tx, article)
  })
}

/** Puts the byline in another order. Throws `co-author/list-changed` where `usernames` are not those of the list. */
export function orderAuthors(
  ctx: AuthedCtx,
  { articleId, usernames }: OrderAuthors,
): Promise<ArticleAuthors> {
  return transact(ctx, async (tx) => {
    const article = await lockArticleToDo(ctx, tx, 'manage', articleId)
    const rows = await listAuthorRows(tx, articleId)
    const idByName = new Map(rows.map((row) => [row.username, row.userId]))
    const wanted = usernames.flatMap((name) => idByName.get(name) ?? [])
    if (wanted.length !== rows.length || usernames.length !== rows.length) {
      throw new AppError('co-author/list-changed')
    }
    const before = rows.map(({ userId }) => userId)
    if (wanted.every((id, place) => id === before[place])) return readAuthors(ctx, tx, article)
    await tx
      .update(articleAuthors)
      .set({
        position: sql`array_position(${sql.param(wanted)}::uuid[], ${articleAuthors.userId})`,
      })
      .where(eq(articleAuthors.articleId, articleId))
    await auditAuthors(ctx, tx, 'authors-ordered', article, {
      before: { userIds: before },
      after: { userIds: wanted },
    })
    await announceByline(ctx, tx, article)
    return readAuthors(ctx, tx, article)
  })
}

/**
 * Ends what a person is to an article: the invitation is withdrawn or, by themselves, declined; they are taken off the byline
 * or, by themselves, leave it. Throws `co-author/not-found`, and `co-author/is-author` for the one whose article it is.
 */
export function removeCoAuthor(
  ctx: AuthedCtx,
  { articleId, username }: CoAuthorByUsername,
): Promise<CoAuthorByUsername> {
  const { user } = ctx.actor
  return transact(ctx, async (tx) => {
    const article = await findArticleForUpdate(tx, articleId)
    if (!article) throw new AppError('article/not-found')
    const row = (await listAuthorRows(tx, articleId)).find((each) => each.username === username)
    // Of themselves somebody may end it who may not see the article: who is invited does not yet.
    if (row?.userId !== user.id) authorizeTo(ctx, 'manage', article)
    if (!row) throw new AppError('co-author/not-found')
    if (row.userId === article.authorId) throw new AppError('co-author/is-author')
    await tx
      .delete(articleAuthors)
      .where(and(eq(articleAuthors.articleId, articleId), eq(articleAuthors.userId, row.userId)))
    const { userId } = row
    const accepted = row.acceptedAt !== null
    if (accepted) await endLinksOf(tx, { articleId, userId })
    await auditAuthors(ctx, tx, 'author-removed', article, {
      before: { userId, username, accepted },
    })
    await emit(ctx, tx, 'byline.left', { articleId, userId, byUserId: user.id, accepted })
    if (accepted) await announceByline(ctx, tx, article)
    return { articleId, username }
  })
}
