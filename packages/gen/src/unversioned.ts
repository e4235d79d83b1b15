/** What is made by running, and what is installed. */
export const unversioned = new Set([
  '.env',
  '.env.local',
  '.galley',
  '.git',
  '.reports',
  '.tanstack',
  '.turbo',
  'coverage',
  'dist',
  'node_modules',
  'test-results',
])
