import type { AuditEntry } from '@galley/contract/platform/audit'
import { auditActions } from '@galley/contract/audit-actions'
import { expect, test } from 'vitest'
import { auditEntry, mira } from '../../../../test/examples.ts'
import { auditSentence } from './audit-sentence.ts'

const editor = { id: '01900000-0000-7000-8000-000000000002', username: 'ed' }

test.each<[string, AuditEntry]>([
  [
    '@mira signed in with a passkey',
    auditEntry('session.created', { subject: mira, after: { method: 'passkey' } }),
  ],
  ['A sign-in to @mira was refused', auditEntry('session.refused', { subject: mira })],
  ['A sign-in to an unknown account was refused', auditEntry('session.refused')],
  ['@mira reset their password', auditEntry('user.password-reset', { subject: mira })],
  [
    '@mira changed their password',
    auditEntry('user.password-changed', { actor: mira, subject: mira }),
  ],
  [
    '@ed changed @mira’s role from reader to author',
    auditEntry('user.role-changed', {
      actor: editor,
      subject: mira,
      before: { role: 'reader' },
      after: { role: 'author' },
    }),
  ],
  [
    'The system changed @mira’s role from author to admin',
    auditEntry('user.role-changed', {
      actorKind: 'system',
      subject: mira,
      before: { role: 'author' },
      after: { role: 'admin' },
    }),
  ],
])('%s', (sentence, given) => {
  expect(auditSentence(given)).toBe(sentence)
})

test('every action has its sentence, also in an entry that lacks everything', () => {
  for (const action of auditActions) {
    expect(auditSentence(auditEntry(action)), action).toMatch(/^(An?|Somebody|an unknown) [^.]+$/)
  }
})

test('what this version does not know is shown as it is', () => {
  const later = { ...auditEntry('user.created', { actor: mira }), action: 'user.knighted' }
  expect(auditSentence(later)).toBe('@mira: user.knighted (thing)')
})
