import { describeSlice } from '../../docs.ts'
import { exampleUser } from './users.examples.ts'

export const aboutUsers = 'People: their public pages, and your own profile.'

export const docs = describeSlice(
  { about: aboutUsers },
  {
    updateProfile: {
      summary: 'Change your profile',
      description: 'Fields that are not sent stay.',
      refusals: ['user/username-taken'],
      examples: [
        {
          summary: 'Another text',
          body: { bio: 'Writes about orchards and rain.' },
          response: { ...exampleUser, bio: 'Writes about orchards and rain.' },
        },
      ],
    },
  },
)
