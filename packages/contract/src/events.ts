import { z } from 'zod'
import { Id } from './primitives.ts'

/** What happens here, past tense, with the payload that reactions get. Names and shapes are kept: events outlive releases. */
export const events = {
  'user.created': z.object({ userId: Id }),
  'user.role-changed': z.object({ userId: Id, from: z.string(), to: z.string() }),
  'user.suspended': z.object({ userId: Id }),
  'user.restored': z.object({ userId: Id }),
  'user.password-changed': z.object({ userId: Id }),
  'user.email-changed': z.object({ userId: Id, from: z.string(), to: z.string() }),
  'user.second-factor-changed': z.object({ userId: Id, on: z.boolean() }),
  'user.credential-added': z.object({
    userId: Id,
    kind: z.enum(['passkey', 'identity', 'token']),
    name: z.string(),
  }),
  'article.published': z.object({ articleId: Id }),
  'article.unpublished': z.object({ articleId: Id }),
  'comment.created': z.object({ commentId: Id, articleId: Id }),
} as const

export type EventName = keyof typeof events
export type EventPayload<Name extends EventName> = z.output<(typeof events)[Name]>
