import type { Page } from '@galley/contract/primitives'
import type {
  ArticleStatus,
  ArticleSummary,
  ChangeOrder,
  ListArticles,
  ListDrafts,
  ListMyArticles,
  MyArticle,
  OthersDraft,
} from '@galley/contract/publishing/articles'
import { articles } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { countListed } from '@galley/platform/count-listed'
import { byId, byTime, listSorted, type Order, type Orders, reversed } from '@galley/platform/order'
import { and, eq, ne, or, sql, type SQL } from 'drizzle-orm'
import type { z } from 'zod'
import { toByline } from '@galley/platform/users/queries'
import type { AuthedCtx, Ctx, SessionCtx } from '../ctx.ts'
import { countPublished } from './count-published.ts'
import { articleOrders } from './published-places.ts'
import { listPublished } from './published.ts'
import { isFirstOf, isKept, isWrittenAlong, isWrittenBy, listByChange } from './queries.ts'
import { statusOf, toArticleSummary, toMyArticle } from './view.ts'

/** Published articles. */
export function listArticles(ctx: Ctx, input: ListArticles): Promise<Page<ArticleSummary>> {
  const { tag, author } = input
  const viewer = viewerId(ctx.actor)
  return listSorted(input, {
    ...articleList,
    find: (start) => listPublished(ctx.db, { viewer, tag, author, ...start }),
    count: () => countPublished(ctx.db, { tag, author }),
  })
}

/** How lists of published articles are put in order and show rows. */
export const articleList = {
  orders: articleOrders,
  byDefault: 'newest' as const,
  toItem: toArticleSummary,
  toStatus: statusOf,
}

/** The caller's own articles, and those that they write along, but for those in the trash. */
export function listMyArticles(ctx: AuthedCtx, input: ListMyArticles): Promise<Page<MyArticle>> {
  const { status } = input
  const { id } = ctx.actor.user
  const isListed = status ? hasStatus(status) : isKept
  const own = and(eq(articles.authorId, id), isListed)
  const along = and(isWrittenAlong(id), isListed)
  return listSorted(input, {
    ...byChange,
    find: (start) => listByChange(ctx.db, isFirstOf(ctx.db, [own, along], start), start),
    count: () => countListed(ctx.db, articles, or(own, along)),
    toItem: (row) => toMyArticle(ctx, row),
  })
}

type Place = { id: string; updatedAt: Date }

const leastRecent: Order<Place> = [
  byTime(articles.updatedAt, (row) => row.updatedAt),
  byId(articles.id, (row) => row.id),
]

const changeOrders: Orders<z.output<typeof ChangeOrder>, Place> = {
  updated: reversed(leastRecent),
  '-updated': leastRecent,
}

const byChange = { orders: changeOrders, byDefault: 'updated' as const }

/** Written out, as in `isPublished`. */
const hasStatus = (status: ArticleStatus) => eq(articles.status, literals[status])

const literals: Record<ArticleStatus, SQL> = {
  draft: sql`'draft'`,
  in_review: sql`'in_review'`,
  scheduled: sql`'scheduled'`,
  published: sql`'published'`,
  archived: sql`'archived'`,
}

/** Drafts of others for those who may edit them, or what they have in review, scheduled or archived. */
export function listDrafts(ctx: SessionCtx, input: ListDrafts): Promise<Page<OthersDraft>> {
  const { author, status = 'draft' } = input
  const isWanted = and(
    hasStatus(status),
    ne(articles.authorId, ctx.actor.user.id),
    sql`${ctx.actor.user.id}::uuid <> all(${articles.bylineIds})`,
    author === undefined ? undefined : isWrittenBy(ctx.db, author),
  )
  return listSorted(input, {
    ...byChange,
    find: (start) => listByChange(ctx.db, isWanted, start),
    count: () => countListed(ctx.db, articles, isWanted),
    toItem: (row) => ({ ...toMyArticle(ctx, row), author: toByline(row.author) }),
  })
}
