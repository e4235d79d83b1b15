import { expect, test } from 'vitest'
import { person as user } from '@galley/platform/test/actor'
import type { Actor } from '@galley/platform/ctx'
import { isAllowed } from '@galley/platform/errors'
import { canDeleteComment, canEditComment } from './policy.ts'

const createdAt = new Date('2026-04-01T10:00:00Z')
const comment = {
  authorId: 'commenter',
  articleAuthorId: 'writer',
  articleBylineIds: ['writer', 'along'],
  createdAt,
}
const after = (minutes: number) => new Date(createdAt.getTime() + minutes * 60_000)

test.each<[string, Actor, boolean, boolean]>([
  ['anonymous', { kind: 'anonymous' }, false, false],
  ['its author', user('commenter'), true, true],
  ['its author, suspended', user('commenter', { status: 'suspended' }), false, false],
  ['its author, now a reader', user('commenter', { role: 'reader' }), true, true],
  ['the author of the article', user('writer'), false, true],
  ['the author of the article, now a reader', user('writer', { role: 'reader' }), false, false],
  ['who writes the article along', user('along'), false, true],
  ['who writes it along, now a reader', user('along', { role: 'reader' }), false, false],
  ['another author', user('other'), false, false],
  ['an editor', user('other', { role: 'editor' }), false, true],
  ['an admin', user('other', { role: 'admin' }), false, true],
])('%s: edit and delete', (_, actor, edit, mayDelete) => {
  expect(isAllowed(canEditComment(actor, comment, after(1)))).toBe(edit)
  expect(isAllowed(canDeleteComment(actor, comment))).toBe(mayDelete)
})

test.each([
  [0, 'ok'],
  [14.99, 'ok'],
  [15, 'comment/edit-window-over'],
  [600, 'comment/edit-window-over'],
])('%d minutes after it was written, an edit is: %s', (minutes, decision) => {
  expect(canEditComment(user('commenter'), comment, after(minutes))).toBe(decision)
})

test('who may not change a comment hears nothing of its age', () => {
  expect(canEditComment(user('other'), comment, after(600))).toBe('comment/forbidden')
})

test('a deleted comment is nobody’s', () => {
  const deleted = { ...comment, authorId: null }
  expect(canEditComment(user('commenter'), deleted, after(1))).toBe('comment/forbidden')
})
