import type { Page } from '@galley/contract/primitives'
import type { ArticleSummary } from '@galley/contract/publishing/articles'
import type { ListFeed } from '@galley/contract/publishing/feed'
import { decodeCursor, TimeCursor } from '@galley/platform/cursor'
import { toArticlePage } from '../articles/list.ts'
import { listPublished } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'

/** The caller's personal feed: articles of the people they follow, newest first. */
export async function listFeed(ctx: AuthedCtx, input: ListFeed): Promise<Page<ArticleSummary>> {
  const { limit } = input
  const rows = await listPublished(ctx.db, {
    viewer: ctx.actor.user.id,
    followed: true,
    after: decodeCursor(TimeCursor, input.cursor),
    limit: limit + 1,
  })
  return toArticlePage(rows, limit)
}
