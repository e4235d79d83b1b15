import { ArticlePage } from '@galley/contract/publishing/articles'
import { ListFeed } from '@galley/contract/publishing/engagement'
import { listFeed } from '@galley/publishing/feed/list'
import { describeSlice } from '../../docs.ts'
import { authedProcedure, router } from '../../trpc.ts'
import { exampleSummary } from './articles.examples.ts'

const docs = describeSlice(
  {
    about: 'Articles of the people and tags that the caller follows.',
    fields: { sort: 'By the day of publication.' },
  },
  {
    list: {
      summary: 'List articles of the people and tags you follow',
      description: 'Newest first by default.',
      examples: [
        {
          summary: 'The last ten',
          query: { limit: 10 },
          response: { items: [exampleSummary], page: { nextCursor: null } },
        },
      ],
    },
  },
)

export const feed = router({
  list: authedProcedure({
    cost: 1,
    mayLag: 'answers',
    queries: 1,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/me/feed' },
    docs: docs.list,
  })
    .input(ListFeed.prefault({}))
    .output(ArticlePage)
    .query(({ ctx, input }) => listFeed(ctx, input)),
})
