import { z } from 'zod'
import { Byline } from '../platform/users.ts'
import { Count, Timestamp } from '../primitives.ts'

/** A person's public page, as the caller sees it. */
export const Profile = Byline.extend({
  bio: z.string(),
  createdAt: Timestamp,
  articleCount: Count,
  followerCount: Count,
  followedCount: Count,
  /** Whether the caller follows this person. */
  following: z.boolean(),
  can: z.object({ follow: z.boolean(), edit: z.boolean() }),
})
export type Profile = z.output<typeof Profile>
