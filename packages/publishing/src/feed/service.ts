import type { ArticleSummary } from '@galley/contract/publishing/articles'
import type { ListFeed } from '@galley/contract/publishing/feed'
import type { Page } from '@galley/contract/primitives'
import { listFollowedArticles } from '../articles/service.ts'
import type { AuthedCtx } from '../ctx.ts'

/** The caller's personal feed: articles of the people they follow, newest first. */
export function listFeed(ctx: AuthedCtx, input: ListFeed): Promise<Page<ArticleSummary>> {
  return listFollowedArticles(ctx, input)
}
