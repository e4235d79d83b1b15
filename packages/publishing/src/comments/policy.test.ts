import { expect, test } from 'vitest'
import { person as user } from '@galley/platform/test/actor'
import type { Actor } from '@galley/platform/ctx'
import { commentCan } from './policy.ts'

const comment = { authorId: 'commenter', articleAuthorId: 'writer' }

test.each<[string, Actor, boolean, boolean]>([
  ['anonymous', { kind: 'anonymous' }, false, false],
  ['its author', user('commenter'), true, true],
  ['its author, suspended', user('commenter', { status: 'suspended' }), false, false],
  ['its author, now a reader', user('commenter', { role: 'reader' }), true, true],
  ['the author of the article', user('writer'), false, true],
  ['the author of the article, now a reader', user('writer', { role: 'reader' }), false, false],
  ['another author', user('other'), false, false],
  ['an editor', user('other', { role: 'editor' }), false, true],
  ['an admin', user('other', { role: 'admin' }), false, true],
])('%s: edit and delete', (_, actor, edit, mayDelete) => {
  expect(commentCan(actor, comment)).toEqual({ edit, delete: mayDelete })
})
