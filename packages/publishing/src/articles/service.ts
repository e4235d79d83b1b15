import type {
  ArticleById,
  ArticleBySlug,
  ArticlePreview,
  ArticleSource,
  ArticleSummary,
  ArticleView,
  ListArticles,
  ListDrafts,
  ListMyArticles,
  MyArticle,
  OthersDraft,
  PreviewArticle,
} from '@galley/contract/publishing/articles'
import type { Page, PageInput } from '@galley/contract/primitives'
import type { Queryable } from '@galley/db/client'
import { viewerId } from '@galley/platform/ctx'
import type { AuthedCtx, Ctx, SessionCtx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor, withTotal } from '@galley/platform/cursor'
import { isActive } from '@galley/platform/actor'
import { AppError, authorize } from '@galley/platform/errors'
import { countPublished, listPublished, type SummaryRow } from './list-queries.ts'
import { canEditArticle, canRespond, canSeeArticle, type ArticleFacts } from './policy.ts'
import {
  findArticle,
  findArticleBySlug,
  findArticleFacts,
  listArticleTags,
  listByAuthor,
  listDraftsOfOthers,
  listFavouritesOf,
  type ArticleRow,
} from './queries.ts'
import { render } from '../render.ts'
import { currentBodyHtml } from './rendering.ts'
import { toArticleSource, toArticleSummary, toArticleView, toMyArticle } from './view.ts'

export { rerenderTexts } from './jobs.ts'
export { createArticle } from './service/create.ts'
export { deleteArticle } from './service/delete.ts'
export { publishArticle, unpublishArticle } from './service/publish.ts'
export { countStaleArticles, renderStaleArticles, rerenderArticles } from './service/rerender.ts'
export { updateArticle } from './service/update.ts'

const toArticlePage = (rows: SummaryRow[], limit: number): Page<ArticleSummary> =>
  pageOf(rows, limit, (row) => [row.publishedAt?.getTime(), row.id], toArticleSummary)

/** Published articles, newest first unless told. */
export async function listArticles(ctx: Ctx, input: ListArticles): Promise<Page<ArticleSummary>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { tag, author, sort, offset, limit } = input
  const rows = await listPublished(ctx.db, {
    viewer: viewerId(ctx.actor),
    tag,
    author,
    oldestFirst: sort === 'oldest',
    after,
    offset,
    limit: limit + 1,
  })
  const list = toArticlePage(rows, limit)
  return input.total ? withTotal(list, await countPublished(ctx.db, { tag, author })) : list
}

/** Published articles of the people that the caller follows, newest first. */
export async function listFollowedArticles(
  ctx: AuthedCtx,
  input: PageInput,
): Promise<Page<ArticleSummary>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { limit } = input
  const rows = await listPublished(ctx.db, {
    viewer: ctx.actor.user.id,
    followed: true,
    after,
    limit: limit + 1,
  })
  return toArticlePage(rows, limit)
}

/** The caller's favourites that are out, last added first. */
export async function listFavouriteArticles(
  ctx: AuthedCtx,
  input: PageInput,
): Promise<Page<ArticleSummary>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { limit } = input
  const viewer = ctx.actor.user.id
  const rows = await listFavouritesOf(ctx.db, { viewer, after, limit: limit + 1 })
  return pageOf(rows, limit, (row) => [row.favouritedAt.getTime(), row.id], toArticleSummary)
}

/** One article to read; a draft only for its author and for editors. */
export async function getArticle(ctx: Ctx, input: ArticleBySlug): Promise<ArticleView> {
  const row = await findArticleBySlug(ctx.db, { viewer: viewerId(ctx.actor), slug: input.slug })
  if (!row || !canSeeArticle(ctx.actor, row)) throw new AppError('article/not-found')
  return toArticleView(ctx.actor, { ...row, bodyHtml: await currentBodyHtml(ctx, row) })
}

/** The Markdown of one article, for those who may edit it. */
export async function getArticleSource(ctx: AuthedCtx, input: ArticleById): Promise<ArticleSource> {
  const row = await findVisibleArticle(ctx, ctx.db, input.id)
  if (!row) throw new AppError('article/not-found')
  authorize(canEditArticle(ctx.actor, row), 'article/forbidden')
  return toArticleSource(ctx.actor, row, await listArticleTags(ctx.db, row.id))
}

/** The caller's own articles, last changed first. */
export async function listMyArticles(
  ctx: AuthedCtx,
  input: ListMyArticles,
): Promise<Page<MyArticle>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { status, limit } = input
  const rows = await listByAuthor(ctx.db, {
    authorId: ctx.actor.user.id,
    status,
    after,
    limit: limit + 1,
  })
  return pageOf(
    rows,
    limit,
    (row) => [row.updatedAt.getTime(), row.id],
    (row) => toMyArticle(ctx.actor, row),
  )
}

/** Drafts of others for those who may edit them, last changed first. */
export async function listDrafts(ctx: SessionCtx, input: ListDrafts): Promise<Page<OthersDraft>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { author, limit } = input
  const viewer = ctx.actor.user.id
  const rows = await listDraftsOfOthers(ctx.db, { viewer, author, after, limit: limit + 1 })
  return pageOf(
    rows,
    limit,
    (row) => [row.updatedAt.getTime(), row.id],
    (row) => ({ ...toMyArticle(ctx.actor, row), author: row.author }),
  )
}

/** What a text will look like; nothing is stored. */
export async function previewArticle(
  ctx: AuthedCtx,
  input: PreviewArticle,
): Promise<ArticlePreview> {
  const { html, words } = await render(ctx, input.body)
  return { bodyHtml: html, words }
}

/** The article, or null where there is none that the caller may know of. */
export async function findVisibleArticle(
  ctx: Ctx,
  db: Queryable,
  id: string,
): Promise<ArticleRow | null> {
  const article = await findArticle(db, id)
  return article && canSeeArticle(ctx.actor, article) ? article : null
}

/** Whether the caller may know of an article whose facts another slice has read. */
export const isVisibleArticle = (ctx: Ctx, article: ArticleFacts) =>
  canSeeArticle(ctx.actor, article)

/** The article that the caller comments on or favours; throws where they may not, or may not know of it. */
export async function getArticleToRespond(
  ctx: AuthedCtx,
  db: Queryable,
  id: string,
): Promise<ArticleFacts & { id: string }> {
  const article = await findArticleFacts(db, id)
  if (!article || !canSeeArticle(ctx.actor, article)) throw new AppError('article/not-found')
  authorize(isActive(ctx.actor), 'user/suspended')
  authorize(canRespond(ctx.actor, article), 'article/not-published')
  return article
}
