import type { ErrorReason } from '@galley/contract/errors'

/** What it means to the caller that one of these is violated, where no service caught it. */
export const publishingConstraints: Record<string, ErrorReason> = {
  articles_published_check: 'article/incomplete',
  // Free slugs are looked for until one is: this many writers of one title are a moment's load.
  articles_slug_key: 'server/unavailable',
  comments_body_check: 'request/invalid',
  follows_self_check: 'follow/self',
  tags_slug_key: 'server/unavailable',
}

/** The same for a foreign key that leads to this table. */
export const publishingReferences: Record<string, ErrorReason> = {
  articles: 'article/not-found',
  // An unused tag was swept away while it was put on an article: it is made again the next time.
  tags: 'server/unavailable',
}
