import type {
  BySecondFactor,
  CreateSession,
  SessionView,
  SignInView,
} from '@galley/contract/platform/sessions'
import { credentials, users } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { toCurrentUser } from '../actor.ts'
import type { Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import type { Granted, Kept } from '../grant.ts'
import { only } from '../rows.ts'
import { checkSecondFactor, recordRefusal } from './check-code.ts'
import { findCredentialByEmail } from './queries.ts'
import { findDevice, type ProvenUser, signIn, startSession } from './start.ts'

/**
 * Sign-in. One error, and the same work, for a wrong password and an unknown address (OWASP ASVS 5.0 6.3.8);
 * an attempt counts before the password is checked, so guesses side by side count too.
 */
export async function createSession(
  ctx: Ctx,
  input: CreateSession,
  kept: Kept<'device'>,
): Promise<Granted<SignInView>> {
  const user = await checkPassword(ctx, input, kept)
  return signIn(ctx, user, 'password', kept)
}

/** The person whom this address and password belong to; throttled, and the stored hash brought up to date. */
export async function checkPassword(
  ctx: Ctx,
  input: CreateSession,
  kept: Kept<'device'>,
): Promise<ProvenUser> {
  const credential = await findCredentialByEmail(ctx.db, input.email)
  const device = credential ? findDevice(ctx, credential.user.id, kept) : undefined
  const key = { account: input.email, address: ctx.client.ip, device }
  const attempt = await ctx.signInThrottle.attempt(key)
  if (!attempt.allowed) {
    throw new AppError('session/throttled', { retryAfterSeconds: attempt.retryAfterSeconds })
  }
  const matches = await ctx.passwords.verify(credential?.passwordHash ?? null, input.password)
  if (!credential || !matches) return refuse(ctx, credential?.user.id)
  await ctx.signInThrottle.succeeded(key)
  if (!credential.user.emailVerifiedAt) throw new AppError('session/email-unverified')
  if (ctx.passwords.needsRehash(credential.passwordHash)) {
    await rehash(ctx, credential.user.id, { stored: credential.passwordHash, ...input })
  }
  return credential.user
}

// Written down for unknown addresses too: the same work, and guesses at many addresses show.
async function refuse(ctx: Ctx, userId: string | undefined): Promise<never> {
  await recordRefusal(ctx, userId, 'session.refused')
  throw new AppError('session/wrong-credentials')
}

// Only over the hash that was verified: the password may have been changed meanwhile.
async function rehash(
  ctx: Ctx,
  userId: string,
  { stored, password }: { stored: string; password: string },
) {
  const passwordHash = await ctx.passwords.hash(password)
  await ctx.db
    .update(credentials)
    .set({ passwordHash, updatedAt: ctx.now() })
    .where(and(eq(credentials.userId, userId), eq(credentials.passwordHash, stored)))
}

/** How many codes may be tried after one right password (OWASP ASVS 5.0 6.6.3). */
const CODES_PER_SIGN_IN = 5

const FirstFactor = z.object({
  method: z.enum(['password', 'passkey', 'identity']),
  tokenVersion: z.int(),
})

/** The second step of a sign-in, by what the first one granted. That is used up together with the code. */
export async function createSessionWithSecondFactor(
  ctx: Ctx,
  { code }: BySecondFactor,
  kept: Kept<'second-factor' | 'device'>,
): Promise<Granted<SessionView>> {
  const token = kept['second-factor'] ?? ''
  const purpose = 'second-factor'
  const pending = await ctx.oneTimeTokens.attempt(ctx.db, purpose, token, CODES_PER_SIGN_IN)
  if (pending === null || pending.userId === null) return expired()
  await checkSecondFactor(ctx, pending.userId, code, async (tx) => {
    if (!(await ctx.oneTimeTokens.consume(tx, purpose, token))) expired()
  })
  const { method, tokenVersion } = FirstFactor.parse(pending.data)
  const user = only(await ctx.db.select().from(users).where(eq(users.id, pending.userId)))
  const grant = await startSession(ctx, { ...user, tokenVersion }, method, kept)
  return {
    view: { user: toCurrentUser(user, ctx.now()) },
    grant: { ...grant, 'second-factor': null },
  }
}

function expired(): never {
  throw new AppError('session/second-factor-expired')
}
