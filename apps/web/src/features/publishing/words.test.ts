import type { AuditAction } from '@galley/contract/audit-actions'
import type { AuditEntry } from '@galley/contract/platform/audit'
import { expect, test } from 'vitest'
import { auditEntry, mira } from '../../../test/examples.ts'
import { auditSentence } from '../platform/audit/audit-sentence.ts'

const title = { title: 'A hedge' }

const entry = (action: AuditAction, values: Partial<AuditEntry>) =>
  auditEntry(action, { actor: mira, ...values })

test.each<[string, AuditEntry]>([
  [
    '@mira published the article “\u2068A hedge\u2069”',
    entry('article.published', { before: title, after: title }),
  ],
  [
    'An API client of @mira deleted the article “\u2068A hedge\u2069”',
    entry('article.deleted', { actorKind: 'token', before: title }),
  ],
  [
    'a deleted account unpublished the article without a name',
    entry('article.unpublished', { actor: { ...mira, username: null }, before: { title: '' } }),
  ],
  [
    '@mira closed the comments of the article “\u2068A hedge\u2069”',
    entry('article.comments-closed', { before: title }),
  ],
  [
    '@mira opened the comments of the article “\u2068A hedge\u2069” again',
    entry('article.comments-opened', { before: title }),
  ],
  [
    `@mira deleted a comment by somebody else: “\u2068${'a'.repeat(80)}…\u2069”`,
    entry('comment.deleted', { before: { body: 'a'.repeat(100) } }),
  ],
])('%s', (sentence, given) => {
  expect(auditSentence(given)).toBe(sentence)
})
