import type { Page } from '@galley/contract/primitives'
import type { ListDrafts, OthersDraft } from '@galley/contract/publishing/articles'
import type { Db } from '@galley/db/client'
import { articles, users } from '@galley/db/schema'
import { decodeCursor, pageOf, TimeCursor } from '@galley/platform/cursor'
import { and, desc, eq, ne, sql } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { author, isAfter, mineColumns } from './queries.ts'
import { toMyArticle } from './view.ts'

/** Drafts of others for those who may edit them, last changed first. */
export async function listDrafts(ctx: SessionCtx, input: ListDrafts): Promise<Page<OthersDraft>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const { limit } = input
  const viewer = ctx.actor.user.id
  const values = { viewer, author: input.author, after, limit: limit + 1 }
  const rows = await listDraftsOfOthers(ctx.db, values)
  return pageOf(
    rows,
    limit,
    (row) => [row.updatedAt.getTime(), row.id],
    (row) => ({ ...toMyArticle(ctx.actor, row), author: row.author }),
  )
}

type DraftValues = {
  /** Whose drafts are left out. */
  viewer: string
  author?: string | undefined
  after: TimeCursor | null
  limit: number
}

function listDraftsOfOthers(db: Db, { viewer, author: username, after, limit }: DraftValues) {
  return db
    .select({ ...mineColumns, author })
    .from(articles)
    .innerJoin(users, eq(users.id, articles.authorId))
    .where(
      and(
        eq(articles.status, sql`'draft'`),
        ne(articles.authorId, viewer),
        username === undefined ? undefined : eq(users.username, username),
        isAfter(sql`(${articles.updatedAt}, ${articles.id})`, after),
      ),
    )
    .orderBy(desc(articles.updatedAt), desc(articles.id))
    .limit(limit)
}
