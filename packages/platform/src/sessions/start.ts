import { randomUUID } from 'node:crypto'
import type { SessionUser, SignInMethod } from '@galley/auth/sessions'
import type { SignInView } from '@galley/contract/platform/sessions'
import { toCurrentUser } from '../actor.ts'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, transact } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Grant, Granted, IssuedToken, Kept } from '../grant.ts'
import { endOwnSession } from './own-session.ts'
import { hasSecondFactor, isTokenVersionCurrent } from './queries.ts'

/** Between the password and the second factor. */
const SECOND_FACTOR_MINUTES = 10

/**
 * What follows a right first factor, whichever it was: a session, or where the account has a second factor what
 * is good for asking for it.
 */
export async function signIn(
  ctx: Ctx,
  user: ProvenUser,
  method: SignInMethod,
  kept: Kept<'device'>,
): Promise<Granted<SignInView>> {
  if (await hasSecondFactor(ctx.db, user.id)) {
    const token = await ctx.oneTimeTokens.issue(ctx.db, {
      purpose: 'second-factor',
      userId: user.id,
      data: { method, tokenVersion: user.tokenVersion },
      minutes: SECOND_FACTOR_MINUTES,
    })
    const expiresAt = new Date(ctx.now().getTime() + SECOND_FACTOR_MINUTES * 60_000)
    const grant = { 'second-factor': { token, expiresAt } }
    return { view: { user: null, secondFactor: true }, grant }
  }
  const grant = await startSession(ctx, user, method, kept)
  return { view: { user: toCurrentUser(user, ctx.now()), secondFactor: false }, grant }
}

/** Somebody who has proved who they are, as they were before the proof was looked at. */
export type ProvenUser = SessionUser & { tokenVersion: number }

/**
 * A new session; the one that the request came with ends (no session fixation). Throws
 * `session/second-factor-expired` where all access was ended since the person was read, by a new password say: what
 * they proved is no longer true.
 */
export async function startSession(
  ctx: Ctx,
  user: ProvenUser,
  method: SignInMethod,
  kept: Kept<'device'>,
): Promise<Grant> {
  await endOwnSession(ctx)
  const { token, session } = await transact(ctx, async (tx) => {
    // Locks the person: what ends all access waits for the session and ends it, or came before and is seen here.
    if (!(await isTokenVersionCurrent(tx, user)))
      throw new AppError('session/second-factor-expired')
    const created = await ctx.sessions.create(tx, user.id, ctx.client, method)
    await recordAudit(ctx, tx, {
      action: 'session.created',
      target: { type: 'session', id: created.session.id },
      subjectId: user.id,
      after: { method },
    })
    return created
  })
  return {
    session: { token, expiresAt: session.expiresAt },
    device: issueDevice(ctx, user.id, kept),
  }
}

const DAYS = 180

type KeptDevice = Kept<'device'>

/**
 * By which this client is known to have proved that it is the account's: its attempts to sign in are counted apart, so
 * that strangers who guess cannot lock the owner out (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
 * It opens nothing by itself.
 */
export function issueDevice(ctx: Ctx, userId: string, kept: KeptDevice): IssuedToken {
  const id = findDevice(ctx, userId, kept) ?? randomUUID()
  const expiresAt = new Date(ctx.now().getTime() + DAYS * 86_400_000)
  const device = `${userId}.${id}.${expiresAt.getTime()}`
  return { token: `${device}.${ctx.secretBox.sign('device', device)}`, expiresAt }
}

/** The id of this client if it is known for the account. */
export function findDevice(ctx: Ctx, userId: string, { device }: KeptDevice): string | undefined {
  const [account, id, expiry, signature, ...rest] = device?.split('.') ?? []
  if (account !== userId || !id || !expiry || !signature || rest.length > 0) return undefined
  if (!ctx.secretBox.verify('device', `${account}.${id}.${expiry}`, signature)) return undefined
  return Number(expiry) > ctx.now().getTime() ? id : undefined
}
