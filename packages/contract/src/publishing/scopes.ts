export const publishingScopes = [
  'articles:read',
  'articles:write',
  'comments:read',
  'comments:write',
  'favourites:write',
  'follows:write',
  'tags:read',
] as const
