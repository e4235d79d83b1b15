/** The slices that programs may call, in the order in which one meets them. */
export const tags = {
  auth: 'Sign-in of programs: access tokens that live for ten minutes, refresh tokens that work once.',
  sessions: 'Who the caller is.',
  articles: 'Articles: read what is published, write and publish what is yours.',
  comments: 'Remarks under articles, oldest first.',
  tags: 'What articles are about, the most used first.',
  users: 'People: their public pages, and your own profile.',
  favourites: 'Articles that the caller wants to find again.',
  follows: 'People whose articles the caller wants to see.',
  feed: 'Articles of the people that the caller follows.',
  site: 'The publication itself: its name, and who may make an account.',
  jobs: 'Long work that the caller has started: how it goes.',
} as const satisfies Record<string, string>
