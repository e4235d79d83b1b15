import { createHash, randomBytes } from 'node:crypto'
import type { ProviderAttempt } from '@galley/auth/identity-providers'
import { z } from 'zod'
import type { Ctx } from '../../ctx.ts'
import { AppError } from '../../errors.ts'
import type { Grant, Kept } from '../../grant.ts'

const PURPOSE = 'identity'

const MINUTES = 10

const Stored = z.strictObject({
  provider: z.string(),
  intent: z.enum(['sign-in', 'link', 'step-up']),
  next: z.string(),
  /** Of the person who connects an account or steps up; null for a sign-in. */
  sessionId: z.string().nullable(),
  startedAt: z.iso.datetime(),
  /** SHA-256 of what the browser keeps. */
  browser: z.string(),
  /** State, nonce and verifier. */
  secrets: z.string(),
})

const Secrets: z.ZodType<ProviderAttempt> = z.strictObject({
  redirectUri: z.string(),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
})

/** What a person set out to do at a provider, until they are back. */
export type Attempt = Omit<z.output<typeof Stored>, 'secrets' | 'browser' | 'startedAt'> & {
  userId: string | null
  startedAt: Date
  atProvider: ProviderAttempt
}

/** Keeps an attempt under its state, for ten minutes and for this browser; others of it may be under way beside it. */
export async function keepAttempt(
  ctx: Ctx,
  attempt: Omit<Attempt, 'startedAt'>,
  kept: Kept<'identity'>,
): Promise<Grant> {
  const { userId, atProvider, ...rest } = attempt
  const secrets = ctx.secretBox.encrypt(JSON.stringify(atProvider), PURPOSE)
  const browser = kept.identity ?? randomBytes(32).toString('base64url')
  const startedAt = ctx.now().toISOString()
  const data: z.output<typeof Stored> = { ...rest, startedAt, browser: hash(browser), secrets }
  await ctx.oneTimeTokens.issue(ctx.db, {
    purpose: PURPOSE,
    token: atProvider.state,
    ...(userId !== null && { userId }),
    data,
    minutes: MINUTES,
  })
  const expiresAt = new Date(ctx.now().getTime() + MINUTES * 60_000)
  return { identity: { token: browser, expiresAt } }
}

/**
 * The attempt that a callback belongs to, which is used up with it: by its state, its provider (RFC 9700, 4.4: mix-up)
 * and the browser that began it. Throws `identity/attempt-invalid` where there is none; every other attempt goes on.
 */
export async function takeAttempt(
  ctx: Ctx,
  { provider, state }: { provider: string; state: string | null },
  kept: Kept<'identity'>,
): Promise<Attempt> {
  const { identity: browser } = kept
  if (!state || browser === undefined) throw new AppError('identity/attempt-invalid')
  const found = await ctx.oneTimeTokens.find(ctx.db, PURPOSE, state)
  const stored = found && Stored.parse(found.data)
  if (stored?.provider !== provider || stored.browser !== hash(browser)) {
    throw new AppError('identity/attempt-invalid')
  }
  // Of several callbacks at once one goes on.
  const taken = await ctx.oneTimeTokens.consume(ctx.db, PURPOSE, state)
  if (!taken) throw new AppError('identity/attempt-invalid')
  const { secrets, browser: _browser, startedAt, ...rest } = stored
  const atProvider = Secrets.parse(JSON.parse(ctx.secretBox.decrypt(secrets, PURPOSE)))
  return { ...rest, startedAt: new Date(startedAt), userId: taken.userId, atProvider }
}

/** Throws unless what is done for a person who is signed in comes back to the session that asked for it. */
export function checkSession({ actor }: Pick<Ctx, 'actor'>, attempt: Attempt): void {
  const { intent, userId, sessionId } = attempt
  if (intent === 'sign-in') return
  const isOwn =
    actor.kind === 'user' &&
    actor.user.id === userId &&
    actor.via.kind === 'session' &&
    actor.via.sessionId === sessionId
  if (!isOwn) throw new AppError('identity/attempt-invalid')
}

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')
