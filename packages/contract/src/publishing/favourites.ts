import { z } from 'zod'
import { Count, Id, PageInput } from '../primitives.ts'

/** Both calls may be repeated: the second changes nothing and returns the same. */
export const FavouriteArticle = z.strictObject({ articleId: Id })
export type FavouriteArticle = z.output<typeof FavouriteArticle>

export const FavouriteView = z.object({
  articleId: Id,
  favourited: z.boolean(),
  favouriteCount: Count,
})
export type FavouriteView = z.output<typeof FavouriteView>

/** The caller's own favourites that are out, last added first; returns an `ArticlePage`. */
export const ListFavourites = PageInput
export type ListFavourites = z.output<typeof ListFavourites>
