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
  'article/incomplete': {
    code: 'BAD_REQUEST',
    message: 'An article needs a title and a text before it is published.',
  },
  'article/alt-missing': {
    code: 'BAD_REQUEST',
    message: 'Every picture needs an alternative text, or a mark that it is decorative.',
  },
  'revision/not-found': { code: 'NOT_FOUND', message: 'There is no such revision.' },
  'markdown/too-complex': {
    code: 'BAD_REQUEST',
    message: 'This Markdown is nested too deeply.',
  },
  'tag/not-found': { code: 'NOT_FOUND', message: 'No published article has this tag.' },
  'comment/not-found': { code: 'NOT_FOUND', message: 'There is no such comment.' },
  'comment/forbidden': {
    code: 'FORBIDDEN',
    message: 'You are not allowed to change this comment.',
  },
  'follow/self': { code: 'BAD_REQUEST', message: 'You cannot follow yourself.' },
} as const satisfies ErrorReasons
