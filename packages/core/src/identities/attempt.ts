import type { ProviderAttempt } from '@galley/auth/identity-providers'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'

const PURPOSE = 'identity'
const MINUTES = 10

const Stored = z.strictObject({
  provider: z.string(),
  intent: z.enum(['sign-in', 'link']),
  next: z.string(),
  /** Of the person who connects an account; null for a sign-in. */
  sessionId: z.string().nullable(),
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
export type Attempt = Omit<z.output<typeof Stored>, 'secrets'> & {
  userId: string | null
  atProvider: ProviderAttempt
}

/** Keeps an attempt where only this browser leads: under a token in its cookie, once, for ten minutes. */
export async function keepAttempt(ctx: Ctx, attempt: Attempt): Promise<void> {
  const { userId, atProvider, ...rest } = attempt
  const secrets = ctx.secretBox.encrypt(JSON.stringify(atProvider), PURPOSE)
  const data: z.output<typeof Stored> = { ...rest, secrets }
  const token = await ctx.oneTimeTokens.issue(ctx.db, {
    purpose: PURPOSE,
    ...(userId !== null && { userId }),
    data,
    minutes: MINUTES,
  })
  ctx.cookies.set('identity', token, new Date(ctx.now().getTime() + MINUTES * 60_000))
}

/** The attempt of this browser, which is used up with it; throws `identity/attempt-invalid` where there is none. */
export async function takeAttempt(ctx: Ctx): Promise<Attempt> {
  const token = ctx.cookies.get('identity')
  if (token === undefined) throw new AppError('identity/attempt-invalid')
  ctx.cookies.clear('identity')
  const found = await ctx.oneTimeTokens.consume(ctx.db, PURPOSE, token)
  if (!found) throw new AppError('identity/attempt-invalid')
  const { secrets, ...rest } = Stored.parse(found.data)
  const atProvider = Secrets.parse(JSON.parse(ctx.secretBox.decrypt(secrets, PURPOSE)))
  return { ...rest, userId: found.userId, atProvider }
}

/**
 * Throws unless what comes back belongs to the attempt: the same provider (RFC 9700, 4.4: mix-up) and state, and where
 * an account is to be connected, the session that asked for it.
 */
export function checkAttempt(
  { actor }: Pick<Ctx, 'actor'>,
  attempt: Attempt,
  { provider, state }: { provider: string; state: string | null },
): void {
  const matches = attempt.provider === provider && attempt.atProvider.state === state
  if (!matches || (attempt.intent === 'link' && !isOf(actor, attempt))) {
    throw new AppError('identity/attempt-invalid')
  }
}

const isOf = (actor: Ctx['actor'], { userId, sessionId }: Attempt) =>
  actor.kind === 'user' &&
  actor.user.id === userId &&
  actor.via.kind === 'session' &&
  actor.via.sessionId === sessionId
