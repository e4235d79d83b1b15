import { z } from 'zod'
import { Byline, Username } from '../platform/users.ts'
import { Count, Id, listInput, page, TimeOrder } from '../primitives.ts'
import { TagSlug } from './tags.ts'

/** Both calls may be repeated: the second changes nothing and returns the same. */
export const FavouriteArticle = z.strictObject({ articleId: Id })
export type FavouriteArticle = z.output<typeof FavouriteArticle>

export const FavouriteView = z.object({
  articleId: Id,
  favourited: z.boolean(),
  favouriteCount: Count,
})
export type FavouriteView = z.output<typeof FavouriteView>

/** The caller's own favourites that are out, by when they were added; returns an `ArticlePage`. */
export const ListFavourites = listInput(TimeOrder, {})
export type ListFavourites = z.output<typeof ListFavourites>

/** Both calls may be repeated: the second changes nothing and returns the same. */
export const FollowUser = z.strictObject({ username: Username })
export type FollowUser = z.output<typeof FollowUser>

export const FollowView = z.object({
  username: z.string(),
  following: z.boolean(),
  followerCount: Count,
})
export type FollowView = z.output<typeof FollowView>

/** Both calls may be repeated: the second changes nothing and returns the same. */
export const FollowTag = z.strictObject({ slug: TagSlug })
export type FollowTag = z.output<typeof FollowTag>

export const TagFollowView = z.object({
  slug: z.string(),
  following: z.boolean(),
  followerCount: Count,
})
export type TagFollowView = z.output<typeof TagFollowView>

/** The tags that the caller follows, by when they began; returns a `TagPage`. */
export const ListTagFollows = listInput(TimeOrder, {})
export type ListTagFollows = z.output<typeof ListTagFollows>

/** Who follows a person, or whom they follow, by when they began. */
export const ListFollows = listInput(TimeOrder, { username: Username })
export type ListFollows = z.output<typeof ListFollows>

/** A person in a list, as the caller sees them. */
export const FollowPerson = Byline.extend({
  bio: z.string(),
  /** Whether the caller follows this person. */
  following: z.boolean(),
  can: z.object({ follow: z.boolean() }),
})
export type FollowPerson = z.output<typeof FollowPerson>

export const FollowPage = page(FollowPerson)

/** Articles of the people and tags that the caller follows, by the day of publication; returns an `ArticlePage`. */
export const ListFeed = listInput(TimeOrder, {})
export type ListFeed = z.output<typeof ListFeed>
