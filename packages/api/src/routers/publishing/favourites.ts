import { ArticlePage } from '@galley/contract/publishing/articles'
import {
  FavouriteArticle,
  FavouriteView,
  ListFavourites,
} from '@galley/contract/publishing/engagement'
import { createFavourite, deleteFavourite } from '@galley/publishing/favourites/change'
import { listFavourites } from '@galley/publishing/favourites/list'
import { describeSlice, describeSwitch } from '../../docs.ts'
import { authedProcedure, router } from '../../trpc.ts'
import { exampleSummary } from './articles.examples.ts'

const docs = describeSlice(
  {
    about: 'Articles that the caller wants to find again.',
    fields: { articleId: 'The id of the article.', sort: 'By when they were added.' },
  },
  {
    list: {
      summary: 'List your favourites',
      description: 'Last added first by default. Articles that were taken back are left out.',
      examples: [
        {
          summary: 'The last ten',
          query: { limit: 10 },
          response: {
            items: [{ ...exampleSummary, favourited: true, favouriteCount: 1 }],
            page: { nextCursor: null },
          },
        },
      ],
    },
    ...describeSwitch({
      on: 'Keep an article among your favourites',
      off: 'Take an article from your favourites',
      refusals: ['article/not-found', 'article/not-published'],
      example: {
        summary: 'By id',
        path: { articleId: exampleSummary.id },
        response: { articleId: exampleSummary.id, favourited: true, favouriteCount: 1 },
      },
    }),
  },
)

export const favourites = router({
  list: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/me/favourites' },
    docs: docs.list,
  })
    .input(ListFavourites.prefault({}))
    .output(ArticlePage)
    .query(({ ctx, input }) => listFavourites(ctx, input)),
  create: authedProcedure({
    cost: 2,
    queries: 2,
    scope: 'favourites:write',
    rest: { method: 'PUT', path: '/me/favourites/{articleId}' },
    docs: docs.create,
  })
    .input(FavouriteArticle)
    .output(FavouriteView)
    .mutation(({ ctx, input }) => createFavourite(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    queries: 2,
    scope: 'favourites:write',
    rest: { method: 'DELETE', path: '/me/favourites/{articleId}', status: 204 },
    docs: docs.delete,
  })
    .input(FavouriteArticle)
    .output(FavouriteView)
    .mutation(({ ctx, input }) => deleteFavourite(ctx, input)),
})
