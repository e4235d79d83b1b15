export const platformScopes = [
  'profile:read',
  'profile:write',
  'site:read',
  'users:read',
  'jobs:read',
] as const
