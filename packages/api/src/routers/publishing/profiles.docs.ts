import { describeSlice } from '../../docs.ts'
import { aboutUsers } from '../platform/users.docs.ts'
import { tomas } from '../platform/users.examples.ts'

const { id: _, ...shown } = tomas

export const docs = describeSlice(
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
