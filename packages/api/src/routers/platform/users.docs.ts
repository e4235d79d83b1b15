import type { CurrentUser } from '@galley/contract/platform/users'
import { describeSlice } from '../../docs.ts'

/** The caller of every example. */
export const mira = {
  username: 'mira-okafor',
  displayName: 'Mira Okafor',
  email: 'mira@example.com',
} as const

export const tomas = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b02',
  username: 'tomas-lind',
  displayName: 'Tomas Lind',
  bio: 'Measures rain.',
} as const

/** Mira, as she sees herself. */
export const exampleUser: CurrentUser = {
  ...mira,
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b01',
  bio: 'Writes about orchards.',
  avatarMediaId: null,
  avatarUrl: null,
  role: 'author',
  status: 'active',
  reviewSince: null,
  secondFactorDue: null,
  can: { write: true, manageUsers: false, administer: false },
}

export const aboutUsers = 'People: their public pages, and your own profile.'

export const docs = describeSlice(
  { about: aboutUsers },
  {
    updateProfile: {
      summary: 'Change your profile',
      description: 'Fields that are not sent stay.',
      refusals: [
        'user/username-taken',
        'media/not-found',
        'media/not-a-picture',
        'media/not-ready',
      ],
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
