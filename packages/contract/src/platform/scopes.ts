/** By scope, what a token with it may do: a person who makes one reads this. */
export const platformScopes = {
  'profile:read': 'Read your profile',
  'profile:write': 'Change your profile',
  'site:read': 'Read the name and settings of the site',
  'site:write': 'Change the settings of the site',
  'users:read': 'Read the pages of authors',
  'media:read': 'See your files and where they are used',
  'media:write': 'Upload, describe and delete files',
  'notifications:read': 'Read your notifications and how you get them',
  'notifications:write': 'Mark notifications as read and choose how you get them',
  'jobs:read': 'See the progress of jobs',
  'live:read': 'Hear at once of what changes',
}
