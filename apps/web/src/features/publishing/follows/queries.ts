import type { RouterContext } from '../../../lib/router-context.ts'

/** The two lists of people around a person. */
export type FollowList = 'followers' | 'following'

type Which = { list: FollowList; username: string; cursor: string | undefined }

export const followPeople = (trpc: RouterContext['trpc'], { list, ...input }: Which) =>
  trpc.follows[list].queryOptions({ ...input, limit: 30 })
