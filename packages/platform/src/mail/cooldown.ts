import { createHash } from 'node:crypto'
import type { Tx } from '@galley/db/client'
import { rateCounters } from '@galley/db/schema'
import { eq, lte } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import type { EmailRequest } from './enqueue-email.ts'

const MINUTES = 10

/** What anybody can have sent to anybody: once a while to each, and the link of the last one works meanwhile. */
const letters = ['verify-email', 'account-exists', 'reset-password', 'confirm-email']

/**
 * Whether the letter may go out now, which counts. Asked when it is to be sent, not when it is asked for: a request does
 * the same work whether its letter goes out or not.
 */
export async function startCooldown(ctx: Ctx, tx: Tx, request: EmailRequest): Promise<boolean> {
  if (!letters.includes(request.letter)) return true
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

/** The link of the last letter works no more: the next one may go out at once. */
export async function endCooldown(tx: Tx, request: EmailRequest): Promise<void> {
  await tx.delete(rateCounters).where(eq(rateCounters.key, keyOf(request)))
}

function keyOf(request: EmailRequest) {
  const recipient =
    'email' in request ? request.email : 'userId' in request ? request.userId : request.invitationId
  return `letter:${createHash('sha256').update(`${request.letter} ${recipient}`).digest('hex')}`
}
