import type { Queryable, Tx } from '@galley/db/client'
import { AppError, authorize, isAllowed } from '@galley/platform/errors'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import {
  canComment,
  canCreateArticle,
  canEditArticle,
  canManageArticle,
  canReadSource,
  canRespond,
  canSeeArticle,
  canShareDraft,
  canWithdrawReview,
  isPublic,
  isWriterOf,
  type ArticleFacts,
  type CommentedFacts,
} from './policy.ts'
import { rulesOf } from './rules.ts'
import { findArticleFacts, findArticleForUpdate, type ArticleRow } from './queries.ts'

export { isPublic, isWriterOf, type ArticleFacts }

/** Whether the caller may know of an article whose facts another slice has read. */
export const isVisibleArticle = (ctx: Ctx, article: ArticleFacts) =>
  isAllowed(canSeeArticle(ctx.actor, article))

/** Throws where the caller may not read what others have written of an article, or may not know of it. */
export const authorizeSource = (ctx: Ctx, article: ArticleFacts) =>
  authorize(canReadSource(ctx.actor, article))

const deciders = {
  read: canReadSource,
  edit: canEditArticle,
  manage: canManageArticle,
  share: canShareDraft,
}

type Act = keyof typeof deciders

/** Whether the caller may do that with an article, for `can`. */
export const mayDo = (ctx: Ctx, act: Act, article: ArticleFacts) =>
  isAllowed(deciders[act](ctx.actor, article))

/** Throws where the caller may not do that with an article, or may not know of it. */
export const authorizeTo = (ctx: Ctx, act: Act, article: ArticleFacts) =>
  authorize(deciders[act](ctx.actor, article))

/** The facts of an article of which the caller may read what its authors see, or more; throws where they may not, or may not know of it. */
export async function getArticleToDo(
  ctx: AuthedCtx,
  act: Act,
  id: string,
): Promise<ArticleFacts & { id: string }> {
  const article = await findArticleFacts(ctx.db, id)
  if (!article) throw new AppError('article/not-found')
  authorizeTo(ctx, act, article)
  return article
}

/** The same, locked until the transaction ends. */
export async function lockArticleToDo(
  ctx: AuthedCtx,
  tx: Tx,
  act: Act,
  id: string,
): Promise<ArticleRow> {
  const article = await findArticleForUpdate(tx, id)
  if (!article) throw new AppError('article/not-found')
  authorizeTo(ctx, act, article)
  return article
}

/** Throws where the caller may not write articles at all. */
export const authorizeWriting = (ctx: AuthedCtx) => authorize(canCreateArticle(ctx.actor))

/** The article that the caller comments on or favours; throws where they may not, or may not know of it. */
export async function getArticleToRespond(
  ctx: AuthedCtx,
  db: Queryable,
  id: string,
): Promise<ArticleFacts & { id: string }> {
  const article = await findArticleFacts(db, id)
  if (!article) throw new AppError('article/not-found')
  authorize(canRespond(ctx.actor, article))
  return article
}

/**
 * Runs a statement that responds to an article where it is published, else resolves to null: the policy's other half is
 * asked before, and why nothing was written is looked up only then. Throws as `getArticleToRespond` does.
 */
export async function respondToArticle<Row>(
  ctx: AuthedCtx,
  articleId: string,
  write: () => Promise<Row | null>,
): Promise<Row> {
  const row = isAllowed(canRespond(ctx.actor, anyPublished)) ? await write() : null
  if (row !== null) return row
  await getArticleToRespond(ctx, ctx.db, articleId)
  // It was published this very moment.
  throw new AppError('article/not-published')
}

const anyPublished: CommentedFacts = {
  authorId: '',
  bylineIds: [],
  status: 'published',
  commentsClosed: false,
  publishedAt: null,
}

/** Whether the caller may comment on an article whose facts another slice has read. */
export const takesComments = (ctx: Ctx, article: CommentedFacts) =>
  isAllowed(canComment(ctx.actor, article, rulesOf(ctx)))

/** The earliest publication of articles that take comments now; null where it does not count. */
export const commentsOpenSince = (ctx: Ctx): Date | null => rulesOf(ctx).openSince

/** The same for a comment; null where the article takes comments, and it is something else that was in the way. */
export async function commentOnArticle<Row>(
  ctx: AuthedCtx,
  articleId: string,
  write: () => Promise<Row | null>,
): Promise<Row | null> {
  const row = takesComments(ctx, anyPublished) ? await write() : null
  if (row !== null) return row
  const article = await findArticleFacts(ctx.db, articleId)
  if (!article) throw new AppError('article/not-found')
  authorize(canComment(ctx.actor, article, rulesOf(ctx)))
  return null
}

/** Throws where the caller may not edit an article, or may not know of it. */
export async function refuseUnlessEditable(ctx: AuthedCtx, id: string): Promise<void> {
  const article = await findArticleFacts(ctx.db, id)
  if (!article) throw new AppError('article/not-found')
  authorize(canReadSource(ctx.actor, article))
}

/** Locks an article in review for a caller who may add to what is said of it; throws for others. */
export async function lockArticleToAnnotate(ctx: AuthedCtx, tx: Tx, id: string): Promise<void> {
  const article = await findArticleForUpdate(tx, id)
  if (!article) throw new AppError('article/not-found')
  authorize(canWithdrawReview(ctx.actor, article))
}
