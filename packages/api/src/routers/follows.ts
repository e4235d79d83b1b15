import { FollowUser, FollowView } from '@galley/contract/follows'
import { createFollow, deleteFollow } from '@galley/core/follows'
import { authedProcedure, router } from '../trpc.ts'

export const follows = router({
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
