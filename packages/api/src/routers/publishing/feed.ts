import { ArticlePage } from '@galley/contract/publishing/articles'
import { ListFeed } from '@galley/contract/publishing/feed'
import { listFeed } from '@galley/publishing/feed/list'
import { authedProcedure, router } from '../../trpc.ts'
import { docs } from './feed.docs.ts'

export const feed = router({
  list: authedProcedure({
    cost: 1,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/me/feed' },
    docs: docs.list,
  })
    .input(ListFeed.prefault({}))
    .output(ArticlePage)
    .query(({ ctx, input }) => listFeed(ctx, input)),
})
