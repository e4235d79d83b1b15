import type { Page } from '@galley/contract/primitives'
import type { ArticleSummary } from '@galley/contract/publishing/articles'
import type { ListFeed } from '@galley/contract/publishing/engagement'
import { listSorted } from '@galley/platform/order'
import { countPublished } from '../articles/count-published.ts'
import { articleList } from '../articles/list.ts'
import { listPublished } from '../articles/published.ts'
import type { AuthedCtx } from '../ctx.ts'

/** The caller's personal feed: articles of the people and tags that they follow. */
export function listFeed(ctx: AuthedCtx, input: ListFeed): Promise<Page<ArticleSummary>> {
  const viewer = ctx.actor.user.id
  return listSorted(input, {
    ...articleList,
    find: (start) => listPublished(ctx.db, { viewer, followed: true, ...start }),
    count: () => countPublished(ctx.db, { followedBy: viewer }),
  })
}
