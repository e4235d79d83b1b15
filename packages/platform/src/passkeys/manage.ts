import type {
  CreatePasskey,
  PasskeyById,
  PasskeyList,
  PasskeyOptions,
  PasskeyView,
} from '@galley/contract/platform/passkeys'
import type { Accepted } from '@galley/contract/platform/users'
import { passkeys } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { hasOtherSignInMethod } from '../credentials/queries.ts'
import { type SessionCtx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { emit } from '../events/emit.ts'
import type { Granted } from '../grant.ts'
import { holdSession, withRotatedSession } from '../sessions/own-session.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { listByOwner, type PasskeyRow } from './queries.ts'
import { CHALLENGE_MINUTES } from './sign-in.ts'

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

/** The caller's own, oldest first. */
export async function listPasskeys(ctx: SessionCtx): Promise<PasskeyList> {
  const rows = await listByOwner(ctx.db, ctx.actor.user.id)
  return { items: rows.map(toPasskeyView) }
}

/** All other sessions end: the passkey may be deleted because it is lost. */
export async function deletePasskey(
  ctx: SessionCtx,
  { id }: PasskeyById,
): Promise<Granted<Accepted>> {
  const { user, via } = ctx.actor
  return withRotatedSession(ctx, async (tx) => {
    const canStillSignIn = await hasOtherSignInMethod(ctx, tx, user.id, { kind: 'passkey', id })
    const [row] = await tx
      .delete(passkeys)
      .where(and(eq(passkeys.id, id), eq(passkeys.userId, user.id)))
      .returning()
    if (!row) throw new AppError('passkey/not-found')
    if (!canStillSignIn) throw new AppError('credential/last-way-in')
    await revokeAccess(ctx, tx, user.id, { except: via.sessionId })
    await recordAudit(ctx, tx, {
      action: 'passkey.deleted',
      target: { type: 'passkey', id },
      subjectId: user.id,
      before: { name: row.name },
    })
    return { accepted: true }
  })
}

export const toPasskeyView = (row: PasskeyRow): PasskeyView => ({
  id: row.id,
  name: row.name,
  backedUp: row.backedUp,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
})
