import { UserByUsername } from '@galley/contract/platform/users'
import { Profile } from '@galley/contract/publishing/profiles'
import { getProfile } from '@galley/publishing/profiles/get'
import { publicProcedure, router } from '../../trpc.ts'
import { docs } from './profiles.docs.ts'

/** What the publication adds to the router of users. */
export const profiles = router({
  byUsername: publicProcedure({
    cost: 1,
    scope: 'users:read',
    rest: { method: 'GET', path: '/users/{username}' },
    docs: docs.byUsername,
  })
    .input(UserByUsername)
    .output(Profile)
    .query(({ ctx, input }) => getProfile(ctx, input)),
})
