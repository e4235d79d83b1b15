import type { AuditAction } from '@galley/contract/audit-actions'
import {
  platformNouns,
  platformSentences,
  type Sentence,
} from '../features/platform/audit/sentences.ts'
import { publishingNouns, publishingSentences } from '../features/publishing/words.ts'

type Noun<Action> = Action extends `${infer First}.${string}` ? First : never

/** The kinds of actions that the audit log can be narrowed to, in this order. */
export const auditNouns: Record<Noun<AuditAction>, string> = {
  ...publishingNouns,
  ...platformNouns,
}

/** What each action of the audit log says. */
export const sentences: Record<AuditAction, Sentence> = {
  ...platformSentences,
  ...publishingSentences,
}
