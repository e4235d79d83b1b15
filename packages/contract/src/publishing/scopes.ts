/** By scope, what a token with it may do: a person who makes one reads this. */
export const publishingScopes = {
  'articles:read': 'Read articles, including drafts',
  'articles:write': 'Write and publish articles',
  'comments:read': 'Read comments',
  'comments:write': 'Write comments',
  'favourites:write': 'Keep favourites',
  'follows:write': 'Follow authors and tags',
  'tags:read': 'Read tags',
}
