import { UserByUsername } from '@galley/contract/platform/users'
import { Profile } from '@galley/contract/publishing/profiles'
import { getProfile } from '@galley/publishing/profiles/get'
import { describeSlice } from '../../docs.ts'
import { publicProcedure, router } from '../../trpc.ts'
import { aboutUsers, tomas } from '../platform/users.docs.ts'

const { id: _, ...person } = tomas
const shown = { ...person, avatarUrl: null }

const docs = describeSlice(
  { about: aboutUsers, fields: { username: 'The username of the person.' } },
  {
    byUsername: {
      summary: 'Read the page of a person',
      description: 'As the caller sees it.',
      refusals: ['user/not-found'],
      examples: [
        {
          summary: 'By username',
          path: { username: tomas.username },
          response: {
            ...shown,
            createdAt: '2026-01-10T07:00:00.000Z',
            articleCount: 1,
            followerCount: 1,
            followedCount: 0,
            following: true,
            can: { follow: true, edit: false },
          },
        },
      ],
    },
  },
)

/** What the publication adds to the router of users. */
export const profiles = router({
  byUsername: publicProcedure({
    cost: 1,
    queries: 3,
    publicRead: true,
    scope: 'users:read',
    rest: { method: 'GET', path: '/users/{username}' },
    docs: docs.byUsername,
  })
    .input(UserByUsername)
    .output(Profile)
    .query(({ ctx, input }) => getProfile(ctx, input)),
})
