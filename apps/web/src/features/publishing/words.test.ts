import type { AuditAction } from '@galley/contract/audit-actions'
import type { AuditEntry } from '@galley/contract/platform/audit'
import { expect, test } from 'vitest'
import { auditSentence } from '../platform/audit/audit-sentence.ts'

const mira = { id: '01900000-0000-7000-8000-000000000001', username: 'mira' }
const title = { title: 'A hedge' }

const entry = (action: AuditAction, values: Partial<AuditEntry>): AuditEntry => ({
  id: '01900000-0000-7000-8000-000000000003',
  at: '2026-03-14T08:30:00.000Z',
  action,
  actorKind: 'user',
  actor: mira,
  subject: null,
  target: { type: 'article', id: '1' },
  before: null,
  after: null,
  requestId: 'r',
  ip: '',
  userAgent: '',
  ...values,
})

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
    `@mira deleted a comment by somebody else: “\u2068${'a'.repeat(80)}…\u2069”`,
    entry('comment.deleted', { before: { body: 'a'.repeat(100) } }),
  ],
])('%s', (sentence, given) => {
  expect(auditSentence(given)).toBe(sentence)
})
