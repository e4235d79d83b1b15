import { FavouriteArticle, FavouriteView } from '@galley/contract/favourites'
import { createFavourite, deleteFavourite } from '@galley/core/favourites'
import { authedProcedure, router } from '../trpc.ts'

export const favourites = router({
  create: authedProcedure({
    cost: 2,
    scope: 'favourites:write',
    rest: { method: 'PUT', path: '/me/favourites/{articleId}' },
  })
    .input(FavouriteArticle)
    .output(FavouriteView)
    .mutation(({ ctx, input }) => createFavourite(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    scope: 'favourites:write',
    rest: { method: 'DELETE', path: '/me/favourites/{articleId}', status: 204 },
  })
    .input(FavouriteArticle)
    .output(FavouriteView)
    .mutation(({ ctx, input }) => deleteFavourite(ctx, input)),
})
