import { Email, type Accepted } from '@galley/contract/platform/users'
import type { Queryable, Tx } from '@galley/db/client'
import type { JobDefinition } from '@galley/jobs/jobs'
import { z } from 'zod'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { findUserByEmail, type UserRow } from './queries.ts'

const MailLink = z.strictObject({
  letter: z.enum(['verify-email', 'reset-password']),
  email: Email,
  /** Who asked, for the audit log. */
  client: z.strictObject({ ip: z.string(), userAgent: z.string() }),
})

type MailLink = z.output<typeof MailLink>

/** Somebody asked for a link by mail. */
export const mailLinkByAddress: JobDefinition<MailLink> = {
  name: 'users.mail-link',
  payload: MailLink,
}

/**
 * Takes the wish for a link, and looks whether there is such an account only later, in a job: the request does the same
 * in the same time for every address (OWASP ASVS 5.0 6.3.8). While one wish waits, the next is one with it.
 */
export async function mailLink(
  ctx: Ctx,
  letter: MailLink['letter'],
  email: string,
): Promise<Accepted> {
  const { ip, userAgent } = ctx.client
  const wish = { letter, email, client: { ip, userAgent } }
  await transact(ctx, (tx) =>
    ctx.jobs.enqueue(tx, mailLinkByAddress, wish, { key: `${letter} ${email}` }),
  )
  return { accepted: true }
}

/** The job. Links of the same kind that were mailed before work until the new one is. */
export async function mailLinkIfWanted(ctx: Ctx, wish: MailLink): Promise<void> {
  const { letter, email, client } = wish
  const asked: Ctx = { ...ctx, actor: { kind: 'anonymous' }, client }
  await transact(ctx, async (tx) => {
    const user = await findUserByEmail(tx, email)
    if (user && isWanted(user, letter)) await promise(asked, tx, user, letter)
  })
}

const isWanted = (user: UserRow, letter: MailLink['letter']) =>
  letter === 'reset-password' || user.emailVerifiedAt === null

async function promise(ctx: Ctx, tx: Tx, user: UserRow, letter: MailLink['letter']) {
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
