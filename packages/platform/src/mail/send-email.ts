import type { Queryable } from '@galley/db/client'
import { jobEffects } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { transact, type Ctx } from '../ctx.ts'
import { startCooldown } from './cooldown.ts'
import type { EmailRequest } from './enqueue-email.ts'
import { composeEmail } from './compose-email.ts'
import type { EmailJob } from './email-link.ts'

const SENT = 'sent'

/**
 * Writes one letter and hands it to the mail server. A job that runs again after the server took the letter sends none;
 * should the process die between the two, the second letter is the first: same Message-ID, same link. What strangers can
 * ask for goes to nobody more often than every ten minutes.
 */
export async function sendEmail(ctx: Ctx, request: EmailRequest, job: EmailJob): Promise<void> {
  if (await isSent(ctx.db, job.id)) return
  if (!(await mayBeSent(ctx, request, job))) return
  const letter = await composeEmail(ctx, request, job)
  if (letter) await ctx.mailer.send(letter, { id: job.id })
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
