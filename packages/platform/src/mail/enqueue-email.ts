import { EmailRhythm, NotificationKind } from '@galley/contract/notification-kinds'
import { Id } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

const to = { userId: Id }

/** How many one e-mail tells of at most. */
export const MAX_NOTIFICATIONS = 200

/** Which e-mail goes to whom. Tokens are made when it is written: a job holds no secret. */
export const EmailRequest = z.discriminatedUnion('letter', [
  z.strictObject({ letter: z.literal('verify-email'), ...to }),
  z.strictObject({ letter: z.literal('invitation'), invitationId: Id }),
  z.strictObject({ letter: z.literal('account-exists'), ...to }),
  z.strictObject({ letter: z.literal('reset-password'), ...to }),
  /** To the new address of an account, as it was when it was asked for. */
  z.strictObject({
    letter: z.literal('confirm-email'),
    ...to,
    email: z.email(),
    tokenVersion: z.int(),
  }),
  z.strictObject({ letter: z.literal('password-changed'), ...to }),
  /** To the address that the account had. */
  z.strictObject({ letter: z.literal('email-changed'), ...to, email: z.email() }),
  z.strictObject({ letter: z.literal('second-factor-changed'), ...to, on: z.boolean() }),
  z.strictObject({ letter: z.literal('second-factor-reset'), ...to }),
  z.strictObject({
    letter: z.literal('credential-added'),
    ...to,
    kind: z.enum(['passkey', 'identity', 'token']),
    name: z.string(),
  }),
  z.strictObject({
    letter: z.literal('notifications'),
    ...to,
    /** The kind that they are all of, or the digest that they are in. */
    about: z.union([NotificationKind, EmailRhythm.extract(['daily', 'weekly'])]),
    notificationIds: z.array(Id).max(MAX_NOTIFICATIONS),
  }),
])
export type EmailRequest = z.output<typeof EmailRequest>

/** A mail server may be down for a while: further attempts go on for about three hours. */
export const sendEmailJob: JobDefinition<EmailRequest> = {
  name: 'mail.send',
  payload: EmailRequest,
  retries: 40,
  timeoutSeconds: 60,
}

/** Enqueues an e-mail, in the transaction that causes it: a rollback sends none. Nobody waits for the mail server. */
export async function enqueueEmail(ctx: Ctx, tx: Tx, request: EmailRequest): Promise<void> {
  await ctx.jobs.enqueue(tx, sendEmailJob, request)
}
