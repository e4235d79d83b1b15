import {
  FollowPage,
  FollowUser,
  FollowView,
  ListFollows,
} from '@galley/contract/publishing/engagement'
import { createFollow, deleteFollow } from '@galley/publishing/follows/change'
import { listFollowers, listFollowing } from '@galley/publishing/follows/list'
import { authedProcedure, publicProcedure, router } from '../../trpc.ts'
import { docs } from './follows.docs.ts'

export const follows = router({
  followers: publicProcedure({
    cost: 1,
    queries: 2,
    scope: 'users:read',
    rest: { method: 'GET', path: '/users/{username}/followers' },
    docs: docs.followers,
  })
    .input(ListFollows)
    .output(FollowPage)
    .query(({ ctx, input }) => listFollowers(ctx, input)),
  following: publicProcedure({
    cost: 1,
    queries: 2,
    scope: 'users:read',
    rest: { method: 'GET', path: '/users/{username}/follows' },
    docs: docs.following,
  })
    .input(ListFollows)
    .output(FollowPage)
    .query(({ ctx, input }) => listFollowing(ctx, input)),
  create: authedProcedure({
    cost: 2,
    queries: 2,
    scope: 'follows:write',
    rest: { method: 'PUT', path: '/me/follows/{username}' },
    docs: docs.create,
  })
    .input(FollowUser)
    .output(FollowView)
    .mutation(({ ctx, input }) => createFollow(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    queries: 2,
    scope: 'follows:write',
    rest: { method: 'DELETE', path: '/me/follows/{username}', status: 204 },
    docs: docs.delete,
  })
    .input(FollowUser)
    .output(FollowView)
    .mutation(({ ctx, input }) => deleteFollow(ctx, input)),
})
