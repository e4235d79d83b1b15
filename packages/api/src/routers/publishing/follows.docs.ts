import { describeSlice, describeSwitch } from '../../docs.ts'
import { exampleUser, mira, tomas } from '../platform/users.docs.ts'

const { id: _, ...person } = tomas
const shown = { ...person, avatarUrl: null }

export const docs = describeSlice(
  {
    about: 'People whose articles the caller wants to see.',
    fields: { username: 'The username of the person.', sort: 'By when they began to follow.' },
  },
  {
    ...describeSwitch({
      on: 'Follow a person',
      off: 'Follow a person no more',
      refusals: ['user/not-found', 'follow/self'],
      example: {
        summary: 'By username',
        path: { username: tomas.username },
        response: { username: tomas.username, following: true, followerCount: 1 },
      },
    }),
    followers: {
      summary: 'List who follows a person',
      description: 'Last added first by default.',
      refusals: ['user/not-found'],
      examples: [
        {
          summary: 'By username',
          path: { username: tomas.username },
          response: {
            items: [
              {
                username: mira.username,
                displayName: mira.displayName,
                avatarUrl: null,
                bio: exampleUser.bio,
                following: false,
                can: { follow: false },
              },
            ],
            page: { nextCursor: null },
          },
        },
      ],
    },
    following: {
      summary: 'List whom a person follows',
      description: 'Last added first by default.',
      refusals: ['user/not-found'],
      examples: [
        {
          summary: 'By username',
          path: { username: mira.username },
          response: {
            items: [{ ...shown, following: true, can: { follow: true } }],
            page: { nextCursor: null },
          },
        },
      ],
    },
  },
)
