import { z } from 'zod'
import { Count, Id } from './primitives.ts'

/** Both ways may be repeated: the second call changes nothing and answers the same. */
export const FavouriteArticle = z.strictObject({ articleId: Id })
export type FavouriteArticle = z.output<typeof FavouriteArticle>

export const FavouriteView = z.object({
  articleId: Id,
  favourited: z.boolean(),
  favouriteCount: Count,
})
export type FavouriteView = z.output<typeof FavouriteView>
