import { createHash } from 'node:crypto'
import type { Queryable, Tx } from '@galley/db/client'
import { jobEffects, rateCounters } from '@galley/db/schema'
import { and, eq, lte } from 'drizzle-orm'
import { type Ctx, transact } from '../ctx.ts'
import { composeEmail } from './compose-email.ts'
import type { EmailJob } from './email-link.ts'
import type { EmailRequest } from './enqueue-email.ts'

const SENT = 'sent'

/**
 * Writes one e-mail and hands it to the mail server. A job that runs again after the server took the e-mail sends none;
 * should the process die between the two, the second e-mail is the first: same Message-ID, same link. What strangers can
 * ask for goes to nobody more often than every ten minutes.
 */
export async function sendEmail(ctx: Ctx, request: EmailRequest, job: EmailJob): Promise<void> {
  if (await isSent(ctx.db, job.id)) return
  if (!(await mayBeSent(ctx, request, job))) return
  const email = await composeEmail(ctx, request, job)
  if (email) await ctx.mailer.send(email, { id: job.id })
  await transact(ctx, (tx) => job.once(tx, SENT))
}

/** The first attempt says it for all: one that comes too early counts as sent. */
const mayBeSent = (ctx: Ctx, request: EmailRequest, job: EmailJob) =>
  transact(ctx, async (tx) => {
    if (!(await job.once(tx, 'turn')) || (await startCooldown(ctx, tx, request))) return true
    await job.once(tx, SENT)
    return false
  })

async function isSent(db: Queryable, jobId: string) {
  const sent = and(eq(jobEffects.jobId, jobId), eq(jobEffects.effect, SENT))
  return (await db.$count(jobEffects, sent)) > 0
}

const MINUTES = 10

/** What anybody can have sent to anybody: once a while to each, and the link of the last one works meanwhile. */
const limited = ['verify-email', 'account-exists', 'reset-password', 'confirm-email']

/**
 * Whether the e-mail may go out now, which counts. Asked when it is to be sent, not when it is asked for: a request does
 * the same work whether its e-mail goes out or not.
 */
async function startCooldown(ctx: Ctx, tx: Tx, request: EmailRequest): Promise<boolean> {
  if (!limited.includes(request.letter)) return true
  const now = ctx.now()
  const turn = {
    windowStart: now,
    current: 1,
    previous: 0,
    expiresAt: new Date(now.getTime() + MINUTES * 60_000),
  }
  const taken = await tx
    .insert(rateCounters)
    .values({ key: keyOf(request), ...turn })
    .onConflictDoUpdate({
      target: rateCounters.key,
      set: turn,
      setWhere: lte(rateCounters.expiresAt, now),
    })
    .returning({ key: rateCounters.key })
  return taken.length > 0
}

/** The link of the last e-mail works no more: the next one may go out at once. */
export async function endCooldown(tx: Tx, request: EmailRequest): Promise<void> {
  await tx.delete(rateCounters).where(eq(rateCounters.key, keyOf(request)))
}

function keyOf(request: EmailRequest) {
  const recipient =
    'email' in request ? request.email : 'userId' in request ? request.userId : request.invitationId
  return `letter:${createHash('sha256').update(`${request.letter} ${recipient}`).digest('hex')}`
}
