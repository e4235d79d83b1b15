import type { Scope } from '@galley/contract/tokens'

/** What each scope allows, in words. */
export const scopeMeaning: Record<Scope, string> = {
  'articles:read': 'Read articles, including drafts',
  'articles:write': 'Write and publish articles',
  'comments:read': 'Read comments',
  'comments:write': 'Write comments',
  'favourites:write': 'Keep favourites',
  'follows:write': 'Follow authors',
  'profile:read': 'Read your profile',
  'profile:write': 'Change your profile',
  'site:read': 'Read the name and settings of the site',
  'tags:read': 'Read tags',
  'users:read': 'Read the pages of authors',
  'jobs:read': 'See the progress of jobs',
}
