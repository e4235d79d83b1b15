import type { CurrentUser } from '@galley/contract/platform/users'

export const mira: CurrentUser = {
  id: '01900000-0000-7000-8000-000000000001',
  username: 'mira',
  displayName: 'Mira Okafor',
  email: 'mira@galley.example',
  bio: 'Writes about hedges.',
  role: 'author',
  status: 'active',
  reviewSince: null,
  secondFactorDue: null,
  can: { write: true, manageUsers: false, administer: false },
}
