import type { AuditEntry } from '@galley/contract/platform/audit'
import { auditActions, type AuditAction } from '@galley/contract/audit-actions'
import { expect, test } from 'vitest'
import { auditSentence } from './audit-sentence.ts'

const mira = { id: '01900000-0000-7000-8000-000000000001', username: 'mira' }
const editor = { id: '01900000-0000-7000-8000-000000000002', username: 'ed' }

const entry = (action: AuditAction, values: Partial<AuditEntry> = {}): AuditEntry => ({
  id: '01900000-0000-7000-8000-000000000003',
  at: '2026-03-14T08:30:00.000Z',
  action,
  actorKind: values.actor ? 'user' : 'anonymous',
  actor: null,
  subject: null,
  target: { type: 'thing', id: '1' },
  before: null,
  after: null,
  requestId: 'r',
  ip: '',
  userAgent: '',
  ...values,
})

test.each<[string, AuditEntry]>([
  [
    '@mira signed in with a passkey',
    entry('session.created', { subject: mira, after: { method: 'passkey' } }),
  ],
  ['A sign-in to @mira was refused', entry('session.refused', { subject: mira })],
  ['A sign-in to an unknown account was refused', entry('session.refused')],
  ['@mira reset their password', entry('user.password-reset', { subject: mira })],
  ['@mira changed their password', entry('user.password-changed', { actor: mira, subject: mira })],
  [
    '@ed changed @mira’s role from reader to author',
    entry('user.role-changed', {
      actor: editor,
      subject: mira,
      before: { role: 'reader' },
      after: { role: 'author' },
    }),
  ],
  [
    'The system changed @mira’s role from author to admin',
    entry('user.role-changed', {
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
    expect(auditSentence(entry(action)), action).toMatch(/^(An?|Somebody|an unknown) [^.]+$/)
  }
})

test('what this version does not know is shown as it is', () => {
  const later = { ...entry('user.created', { actor: mira }), action: 'user.knighted' }
  expect(auditSentence(later)).toBe('@mira: user.knighted (thing)')
})
