import type { AuditEntry } from '@galley/contract/platform/audit'
import type { AuditAction } from '@galley/contract/audit-actions'
import { sentences } from '../../../registry/audit.ts'
import { type About, quoted } from './sentences.ts'

/** What an entry of the audit log says, as a sentence without a full stop: who did what, and to what. */
export function auditSentence(entry: AuditEntry): string {
  const about = aboutOf(entry)
  return isKnown(entry.action)
    ? sentences[entry.action](about)
    : `${about.who}: ${entry.action} (${entry.target.type})`
}

// Another version of the server may have written what this page does not know.
const isKnown = (action: string): action is AuditAction => Object.hasOwn(sentences, action)

function aboutOf({ actor, actorKind, subject, before, after }: AuditEntry): About {
  const name = subject ? nameOf(subject) : 'an unknown account'
  // Who signs in or follows a mailed link is not signed in yet: it is the person of the account.
  const person = actor ?? subject
  const isSelf = actorKind !== 'system' && person?.id === subject?.id
  const named = ['title', 'name', 'label', 'queue'].map(
    (field) => read(after, field) || read(before, field),
  )
  return {
    who: actorKind === 'system' ? 'The system' : nameOf(person, actorKind),
    name,
    their: isSelf ? 'their' : `${name}’s`,
    what: quoted(named.find(Boolean) ?? ''),
    before: (field) => read(before, field),
    after: (field) => read(after, field),
  }
}

function nameOf(person: AuditEntry['actor'], kind?: AuditEntry['actorKind']): string {
  if (!person) return 'A visitor'
  const name = person.username === null ? 'a deleted account' : `@${person.username}`
  return kind === 'token' ? `An API client of ${name}` : name
}

function read(values: AuditEntry['before'], field: string): string {
  const value = values?.[field]
  return typeof value === 'string' ? value : ''
}
