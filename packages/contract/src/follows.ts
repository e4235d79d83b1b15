import { z } from 'zod'
import { Count } from './primitives.ts'
import { Username } from './users.ts'

/** Both ways may be repeated: the second call changes nothing and answers the same. */
export const FollowUser = z.strictObject({ username: Username })
export type FollowUser = z.output<typeof FollowUser>

export const FollowView = z.object({
  username: z.string(),
  following: z.boolean(),
  followerCount: Count,
})
export type FollowView = z.output<typeof FollowView>
