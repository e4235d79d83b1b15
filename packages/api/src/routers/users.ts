import { SessionView } from '@galley/contract/sessions'
import {
  CreateUser,
  CurrentUser,
  Profile,
  UpdateProfile,
  UserByUsername,
} from '@galley/contract/users'
import { createUser, getProfile, updateProfile } from '@galley/core/users'
import { authedProcedure, publicProcedure, router } from '../trpc.ts'

export const users = router({
  create: publicProcedure({ cost: 20 })
    .input(CreateUser)
    .output(SessionView)
    .mutation(({ ctx, input }) => createUser(ctx, input)),
  byUsername: publicProcedure({ cost: 1 })
    .input(UserByUsername)
    .output(Profile)
    .query(({ ctx, input }) => getProfile(ctx, input)),
  updateProfile: authedProcedure({ cost: 2 })
    .input(UpdateProfile)
    .output(CurrentUser)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
})
