import { Email, type Accepted } from '@galley/contract/platform/users'
import type { Queryable, Tx } from '@galley/db/client'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { findUserByEmail, type UserRow } from './queries.ts'

const EmailLinkRequest = z.strictObject({
  letter: z.enum(['verify-email', 'reset-password']),
  email: Email,
  /** Who asked, for the audit log. */
  client: z.strictObject({ ip: z.string(), userAgent: z.string() }),
})

type EmailLinkRequest = z.output<typeof EmailLinkRequest>

/** Somebody asked for a link by mail. */
export const emailLinkJob: JobDefinition<EmailLinkRequest> = {
  name: 'users.mail-link',
  payload: EmailLinkRequest,
}

/**
 * Takes the request for a link, and looks whether there is such an account only later, in a job: the request does the same
 * in the same time for every address (OWASP ASVS 5.0 6.3.8). While one request waits, the next is one with it.
 */
export async function requestEmailLink(
  ctx: Ctx,
  letter: EmailLinkRequest['letter'],
  email: string,
): Promise<Accepted> {
  const { ip, userAgent } = ctx.client
  const request = { letter, email, client: { ip, userAgent } }
  await transact(ctx, (tx) =>
    ctx.jobs.enqueue(tx, emailLinkJob, request, { key: `${letter} ${email}` }),
  )
  return { accepted: true }
}

/** The job. Links of the same kind that were mailed before work until the new one is. */
export async function issueEmailLinkIfWanted(ctx: Ctx, request: EmailLinkRequest): Promise<void> {
  const { letter, email, client } = request
  const asked: Ctx = { ...ctx, actor: { kind: 'anonymous' }, client }
  await transact(ctx, async (tx) => {
    const user = await findUserByEmail(tx, email)
    if (user && isWanted(user, letter)) await issueEmailLink(asked, tx, user, letter)
  })
}

const isWanted = (user: UserRow, letter: EmailLinkRequest['letter']) =>
  letter === 'reset-password' || user.emailVerifiedAt === null

async function issueEmailLink(ctx: Ctx, tx: Tx, user: UserRow, letter: EmailLinkRequest['letter']) {
  await recordAudit(ctx, tx, {
    action: letter === 'reset-password' ? 'user.reset-requested' : 'user.verification-requested',
    target: { type: 'user', id: user.id },
    subjectId: user.id,
  })
  await enqueueEmail(ctx, tx, { letter, userId: user.id })
}

/** What is wrong with a link that is not live: `link/used`, or `link/invalid` for all others. */
export async function linkFailure(
  { oneTimeTokens }: Ctx,
  db: Queryable,
  purpose: 'verify-email' | 'confirm-email' | 'reset-password',
  token: string,
): Promise<AppError> {
  const wasUsed = await oneTimeTokens.wasUsed(db, purpose, token)
  return new AppError(wasUsed ? 'link/used' : 'link/invalid')
}
