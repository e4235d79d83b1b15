import {
  FollowPage,
  FollowUser,
  FollowView,
  ListFollows,
} from '@galley/contract/publishing/follows'
import { createFollow, deleteFollow } from '@galley/publishing/follows/change'
import { listFollowers, listFollowing } from '@galley/publishing/follows/list'
import { authedProcedure, publicProcedure, router } from '../../trpc.ts'

export const follows = router({
  followers: publicProcedure({
    cost: 1,
    scope: 'users:read',
    rest: { method: 'GET', path: '/users/{username}/followers' },
  })
    .input(ListFollows)
    .output(FollowPage)
    .query(({ ctx, input }) => listFollowers(ctx, input)),
  following: publicProcedure({
    cost: 1,
    scope: 'users:read',
    rest: { method: 'GET', path: '/users/{username}/follows' },
  })
    .input(ListFollows)
    .output(FollowPage)
    .query(({ ctx, input }) => listFollowing(ctx, input)),
  create: authedProcedure({
    cost: 2,
    scope: 'follows:write',
    rest: { method: 'PUT', path: '/me/follows/{username}' },
  })
    .input(FollowUser)
    .output(FollowView)
    .mutation(({ ctx, input }) => createFollow(ctx, input)),
  delete: authedProcedure({
    cost: 2,
    scope: 'follows:write',
    rest: { method: 'DELETE', path: '/me/follows/{username}', status: 204 },
  })
    .input(FollowUser)
    .output(FollowView)
    .mutation(({ ctx, input }) => deleteFollow(ctx, input)),
})
