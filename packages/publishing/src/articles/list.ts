import type { Page } from '@galley/contract/primitives'
import type {
  ArticleSummary,
  ListArticles,
  ListDrafts,
  ListMyArticles,
  MyArticle,
  OthersDraft,
} from '@galley/contract/publishing/articles'
import { articles } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { listPage, placeAt, TimeCursor } from '@galley/platform/cursor'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import type { AuthedCtx, Ctx, SessionCtx } from '../ctx.ts'
import { countPublished, listPublished, type SummaryRow } from './published.ts'
import { idOf, listLastChanged } from './queries.ts'
import { toArticleSummary, toMyArticle } from './view.ts'

/** Published articles, newest first unless `sort` says otherwise. */
export function listArticles(ctx: Ctx, input: ListArticles): Promise<Page<ArticleSummary>> {
  const { tag, author, sort } = input
  const viewer = viewerId(ctx.actor)
  return listPage(input, {
    ...articlePage,
    find: (start) =>
      listPublished(ctx.db, { viewer, tag, author, oldestFirst: sort === 'oldest', ...start }),
    count: () => countPublished(ctx.db, { tag, author }),
  })
}

/** How lists of published articles tell places and show rows. */
export const articlePage = {
  cursor: TimeCursor,
  toCursor: (row: SummaryRow) => placeAt(row.publishedAt ?? new Date(0), row.id),
  toItem: toArticleSummary,
}

/** The caller's own articles, last changed first. */
export function listMyArticles(ctx: AuthedCtx, input: ListMyArticles): Promise<Page<MyArticle>> {
  const { status } = input
  const isWanted = and(
    eq(articles.authorId, ctx.actor.user.id),
    status && eq(articles.status, status),
  )
  return listPage(input, {
    cursor: TimeCursor,
    find: (start) => listLastChanged(ctx.db, isWanted, start),
    count: () => ctx.db.$count(articles, isWanted),
    toCursor: (row) => placeAt(row.updatedAt, row.id),
    toItem: (row) => toMyArticle(ctx.actor, row),
  })
}

/** Drafts of others for those who may edit them, last changed first. */
export function listDrafts(ctx: SessionCtx, input: ListDrafts): Promise<Page<OthersDraft>> {
  const { author } = input
  const isWanted = and(
    eq(articles.status, sql`'draft'`),
    ne(articles.authorId, ctx.actor.user.id),
    author === undefined ? undefined : inArray(articles.authorId, idOf(ctx.db, author)),
  )
  return listPage(input, {
    cursor: TimeCursor,
    find: (start) => listLastChanged(ctx.db, isWanted, start),
    count: () => ctx.db.$count(articles, isWanted),
    toCursor: (row) => placeAt(row.updatedAt, row.id),
    toItem: (row) => ({ ...toMyArticle(ctx.actor, row), author: row.author }),
  })
}
