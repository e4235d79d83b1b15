import type { IdentityProvider } from '@galley/auth/identity-providers'
import type { ErrorReason } from '@galley/contract/errors'
import { isUniqueViolation } from '@galley/db/errors'
import { transact, type Ctx, type SessionCtx } from '../ctx.ts'
import { AppError, toAppError } from '../errors.ts'
import type { Granted, Kept } from '../grant.ts'
import { asOwnSession, holdSession } from '../sessions/own-session.ts'
import { confirmSession } from '../sessions/step-up.ts'
import { recordRefusal } from '../sessions/check-code.ts'
import { signIn } from '../sessions/start.ts'
import { issueSignUpProof } from '../users/sign-up.ts'
import { findOrCreateAccount, toPerson, type Person } from './internal/account.ts'
import { checkSession, takeAttempt, type Attempt } from './internal/attempt.ts'
import { insertIdentity, touchIdentity } from './internal/connection.ts'
import { findIdentity, getProvider } from './queries.ts'

type Callback = { provider: string; query: URLSearchParams }

/**
 * What a provider sent a browser back with. Returns the path to go on to, whatever came of it: where it went wrong,
 * `problem` in its query holds the reason. The attempt that it belongs to is used up either way, and no other.
 */
export async function finishIdentity(
  ctx: Ctx,
  { provider, query }: Callback,
  kept: Kept<'identity' | 'device'>,
): Promise<Granted<string>> {
  let attempt: Attempt | undefined
  try {
    attempt = await takeAttempt(ctx, { provider, state: query.get('state') }, kept)
    checkSession(ctx, attempt)
    const from = getProvider(ctx, provider)
    const person = toPerson(await from.finish(attempt.atProvider, query))
    return await proceed(ctx, { from, person, attempt }, kept)
  } catch (error) {
    return { view: refuse(ctx, provider, toAppError(error), attempt), grant: {} }
  }
}

function refuse(
  { log }: Ctx,
  provider: string,
  { reason, cause }: AppError,
  attempt: Attempt | undefined,
) {
  const details = { reason, provider, err: cause }
  if (reason === 'server/internal') log.error(details, 'callback failed')
  else if (cause && reason !== 'identity/denied') log.warn(details, 'callback not served')
  else log.info({ reason, provider }, 'callback refused')
  return problemPath(reason, attempt)
}

type Return = { from: IdentityProvider; person: Person; attempt: Attempt }

async function proceed(
  ctx: Ctx,
  { from, person, attempt }: Return,
  kept: Kept<'device'>,
): Promise<Granted<string>> {
  if (attempt.intent === 'sign-in') return enter(ctx, { from, person, attempt }, kept)
  const own = asOwnSession(ctx, attempt.userId ?? '')
  if (!own) throw new AppError('identity/attempt-invalid')
  const act = attempt.intent === 'link' ? connect : stepUp
  return { view: await act(own, { from, person, attempt }), grant: {} }
}

async function enter(ctx: Ctx, { from, person, attempt }: Return, kept: Kept<'device'>) {
  const user = await findOrCreateAccount(ctx, from, person)
  if (!user?.emailVerifiedAt) {
    const unverified = new AppError('session/email-unverified')
    const view = refuse(ctx, from.name, unverified, attempt)
    return { view, grant: { 'sign-up': issueSignUpProof(ctx, user) } }
  }
  const { next } = attempt
  const { view, grant } = await signIn(ctx, user, 'identity', kept)
  return { view: view.secondFactor ? withQuery('/sign-in/second-factor', { next }) : next, grant }
}

async function connect(ctx: SessionCtx, { from, person, attempt }: Return) {
  const userId = ctx.actor.user.id
  await transact(ctx, async (tx) => {
    await holdSession(ctx, tx)
    const known = await findIdentity(tx, from.name, person.subject)
    if (known && known.user.id !== userId) throw new AppError('identity/taken')
    if (known) await touchIdentity(ctx, tx, known.identity.id, person)
    else await insertIdentity(ctx, tx, { userId, provider: from, person }).catch(throwConnected)
  })
  return attempt.next
}

/** Clocks of several servers are never quite the same. */
const CLOCK_TOLERANCE_MS = 60_000

/** The person has just signed in again there, with an account that is connected here. */
async function stepUp(ctx: SessionCtx, { from, person, attempt }: Return) {
  const { authenticatedAt } = person
  const earliest = attempt.startedAt.getTime() - CLOCK_TOLERANCE_MS
  if (authenticatedAt === null || authenticatedAt.getTime() < earliest) {
    return refuseStepUp(ctx, 'identity/step-up-refused')
  }
  const known = await findIdentity(ctx.db, from.name, person.subject)
  if (known?.user.id !== ctx.actor.user.id) return refuseStepUp(ctx, 'identity/not-connected')
  await confirmSession(ctx)
  return attempt.next
}

async function refuseStepUp(ctx: SessionCtx, reason: ErrorReason): Promise<never> {
  await recordRefusal(ctx, ctx.actor.user.id, 'session.step-up-refused')
  throw new AppError(reason)
}

function throwConnected(error: unknown): never {
  if (isUniqueViolation(error, 'identities_user_id_provider_key')) {
    throw new AppError('identity/already-connected')
  }
  if (isUniqueViolation(error, 'identities_provider_subject_key')) {
    throw new AppError('identity/taken')
  }
  throw error
}

/** Who was signed in goes back to where they began, all others to the page for signing in. */
function problemPath(reason: ErrorReason, attempt: Attempt | undefined) {
  if (attempt && attempt.intent !== 'sign-in') return withQuery(attempt.next, { problem: reason })
  return withQuery('/sign-in', { problem: reason, next: attempt?.next ?? '/' })
}

function withQuery(path: string, { problem, next }: { problem?: ErrorReason; next?: string }) {
  const url = new URL(path, 'http://site.invalid')
  if (problem !== undefined) url.searchParams.set('problem', problem)
  if (next !== undefined && next !== '/') url.searchParams.set('next', next)
  return url.pathname + url.search + url.hash
}
