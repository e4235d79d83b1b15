import { describeSlice } from '../../docs.ts'
import { exampleUser } from './users.examples.ts'

export const docs = describeSlice(
  { about: 'Who the caller is.' },
  {
    current: {
      summary: 'See who you are',
      description: '`user` is null when signed out.',
      examples: [{ summary: 'Signed in', response: { user: exampleUser } }],
    },
  },
)
