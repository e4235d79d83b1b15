import type { ErrorReasons } from '../errors.ts'

/** How calls of the publication fail. */
export const publishingErrors = {
  'article/not-found': { code: 'NOT_FOUND', message: 'There is no such article.' },
  'article/forbidden': {
    code: 'FORBIDDEN',
    message: 'You are not allowed to change this article.',
  },
  'article/stale-version': {
    code: 'CONFLICT',
    message: 'The article has been changed elsewhere since you opened it.',
  },
  'article/already-published': { code: 'CONFLICT', message: 'The article is already published.' },
  'article/not-published': { code: 'CONFLICT', message: 'The article is not published.' },
  'article/not-a-draft': { code: 'CONFLICT', message: 'The article is not a draft.' },
  'article/in-review': {
    code: 'CONFLICT',
    message: 'The article is in review: an editor decides, or its author takes it back.',
  },
  'article/not-in-review': { code: 'CONFLICT', message: 'The article is not in review.' },
  'article/review-required': {
    code: 'FORBIDDEN',
    message: 'Here an editor publishes articles. Ask for a review.',
  },
  'article/not-scheduled': { code: 'CONFLICT', message: 'No time is set for the article.' },
  'article/archived': { code: 'CONFLICT', message: 'The article is archived.' },
  'article/not-archived': { code: 'CONFLICT', message: 'The article is not archived.' },
  'article/incomplete': {
    code: 'BAD_REQUEST',
    message: 'An article needs a title and a text before it is published.',
  },
  'article/alt-missing': {
    code: 'BAD_REQUEST',
    message: 'Every picture needs an alternative text, or a mark that it is decorative.',
  },
  'revision/not-found': { code: 'NOT_FOUND', message: 'There is no such revision.' },
  'article/slug-taken': {
    code: 'CONFLICT',
    message: 'This address leads to another article. Choose another one.',
  },
  'article/too-many-slugs': {
    code: 'CONFLICT',
    message: 'The address of this article has been changed too often.',
  },
  'co-author/not-found': {
    code: 'NOT_FOUND',
    message: 'There is no such person among the authors.',
  },
  'co-author/not-a-writer': {
    code: 'BAD_REQUEST',
    message: 'Nobody who writes here has this username.',
  },
  'co-author/too-many': {
    code: 'CONFLICT',
    message: 'An article has at most 10 authors, with those who are invited.',
  },
  'co-author/is-author': {
    code: 'CONFLICT',
    message: 'It is their article: they cannot leave it.',
  },
  'co-author/not-invited': {
    code: 'NOT_FOUND',
    message: 'There is no such invitation. It may have been withdrawn.',
  },
  'co-author/list-changed': {
    code: 'CONFLICT',
    message: 'The list of authors has changed meanwhile. Look at it again.',
  },
  'preview-link/not-found': {
    code: 'NOT_FOUND',
    message: 'This link does not exist, has expired or was revoked.',
  },
  'preview-link/too-many': {
    code: 'CONFLICT',
    message: 'An article has at most 20 preview links. Revoke one first.',
  },
  'markdown/too-complex': {
    code: 'BAD_REQUEST',
    message: 'This Markdown is nested too deeply.',
  },
  'tag/not-found': { code: 'NOT_FOUND', message: 'No published article has this tag.' },
  'comment/not-found': { code: 'NOT_FOUND', message: 'There is no such comment.' },
  'article/comments-closed': { code: 'CONFLICT', message: 'This article takes no more comments.' },
  'comment/refused': {
    code: 'BAD_REQUEST',
    message: 'The rules of this site do not allow this comment.',
  },
  'comment/edit-window-over': {
    code: 'FORBIDDEN',
    message: 'A comment can be changed for 15 minutes after it was written.',
  },
  'comment/forbidden': {
    code: 'FORBIDDEN',
    message: 'You are not allowed to change this comment.',
  },
  'follow/self': { code: 'BAD_REQUEST', message: 'You cannot follow yourself.' },
} as const satisfies ErrorReasons
