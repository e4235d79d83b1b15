import type { CreatePasskey, PasskeyOptions, PasskeyView } from '@galley/contract/platform/passkeys'
import { passkeys } from '@galley/db/schema'
import { recordAudit } from '../audit/record.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { holdSession } from '../sessions/own-session.ts'
import { CHALLENGE_MINUTES } from './internal.ts'
import { listByOwner } from './queries.ts'
import { toPasskeyView } from './view.ts'

/** What the browser needs to make a passkey. The challenge is good for this person, once, for five minutes. */
export async function startPasskeyRegistration(ctx: SessionCtx): Promise<PasskeyOptions> {
  const { user } = ctx.actor
  const existing = await listByOwner(ctx.db, user.id)
  const challenge = await ctx.oneTimeTokens.issue(ctx.db, {
    purpose: 'passkey-registration',
    userId: user.id,
    minutes: CHALLENGE_MINUTES,
  })
  const options = await ctx.passkeys.registrationOptions(user, challenge, existing)
  return { options: { ...options } }
}

/** Keeps the passkey that the browser made. The challenge is used up before anything is checked. */
export async function createPasskey(
  ctx: SessionCtx,
  { name, response }: CreatePasskey,
): Promise<PasskeyView> {
  const { id: userId } = ctx.actor.user
  const challenge = ctx.passkeys.challengeOf(response)
  const issued = await ctx.oneTimeTokens.consume(ctx.db, 'passkey-registration', challenge)
  if (issued?.userId !== userId) throw new AppError('passkey/invalid')
  const passkey = await ctx.passkeys.verifyRegistration(response, challenge)
  if (!passkey) throw new AppError('passkey/invalid')

  return transact(ctx, async (tx) => {
    await holdSession(ctx, tx)
    const [row] = await tx
      .insert(passkeys)
      .values({ ...passkey, userId, name, createdAt: ctx.now() })
      .onConflictDoNothing()
      .returning()
    if (!row) throw new AppError('passkey/invalid')
    await recordAudit(ctx, tx, {
      action: 'passkey.created',
      target: { type: 'passkey', id: row.id },
      subjectId: userId,
      after: { name, backedUp: row.backedUp },
    })
    await emit(ctx, tx, 'user.credential-added', { userId, kind: 'passkey', name })
    return toPasskeyView(row)
  })
}
