import { ArticlePage } from '@galley/contract/publishing/articles'
import {
  FavouriteArticle,
  FavouriteView,
  ListFavourites,
} from '@galley/contract/publishing/engagement'
import { createFavourite, deleteFavourite } from '@galley/publishing/favourites/change'
import { listFavourites } from '@galley/publishing/favourites/list'
import { authedProcedure, router } from '../../trpc.ts'
import { docs } from './favourites.docs.ts'

export const favourites = router({
  list: authedProcedure({
    cost: 1,
    scope: 'articles:read',
    rest: { method: 'GET', path: '/me/favourites' },
    docs: docs.list,
  })
    .input(ListFavourites.prefault({}))
    .output(ArticlePage)
    .query(({ ctx, input }) => listFavourites(ctx, input)),
  create: authedProcedure({
    cost: 2,
    scope: 'favourites:write',
    rest: { method: 'PUT', path: '/me/favourites/{articleId}' },
    docs: docs.create,
  })
    .input(FavouriteArticle)
    .output(FavouriteView)
    .mutation(({ ctx, input }) => createFavourite(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    scope: 'favourites:write',
    rest: { method: 'DELETE', path: '/me/favourites/{articleId}', status: 204 },
    docs: docs.delete,
  })
    .input(FavouriteArticle)
    .output(FavouriteView)
    .mutation(({ ctx, input }) => deleteFavourite(ctx, input)),
})
