import type { Scope } from '@galley/contract/scopes'
import { publishingScopes } from '../features/publishing/words.ts'

/** What each scope of a token allows, in words. */
export const scopeMeaning: Record<Scope, string> = {
  ...publishingScopes,
  'profile:read': 'Read your profile',
  'profile:write': 'Change your profile',
  'site:read': 'Read the name and settings of the site',
  'users:read': 'Read the pages of authors',
  'jobs:read': 'See the progress of jobs',
}
