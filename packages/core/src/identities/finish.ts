import type { IdentityProvider } from '@galley/auth/identity-providers'
import type { ErrorReason } from '@galley/contract/errors'
import { isUniqueViolation } from '@galley/db/errors'
import { transact, type Ctx } from '../ctx.ts'
import { AppError, toAppError } from '../errors.ts'
import { asOwnSession, holdSession, signIn } from '../sessions/service.ts'
import { findAccount } from './account.ts'
import { checkAttempt, takeAttempt, type Attempt } from './attempt.ts'
import { insertIdentity, touchIdentity } from './connection.ts'
import { toPerson, type Person } from './person.ts'
import { getProvider } from './providers.ts'
import { findIdentity } from './queries.ts'

type Callback = { provider: string; query: URLSearchParams }

/**
 * What a provider sent a browser back with. Answers the path to go on to, whatever came of it: where it went wrong,
 * `problem` in its query holds the reason. The attempt is used up either way.
 */
export async function finishIdentity(ctx: Ctx, { provider, query }: Callback): Promise<string> {
  let attempt: Attempt | undefined
  try {
    attempt = await takeAttempt(ctx)
    checkAttempt(ctx, attempt, { provider, state: query.get('state') })
    const from = getProvider(ctx, provider)
    const person = toPerson(await from.finish(attempt.atProvider, query))
    return attempt.userId === null
      ? await enter(ctx, { from, person, next: attempt.next })
      : await connect(ctx, { from, person, userId: attempt.userId, next: attempt.next })
  } catch (error) {
    const known = toAppError(error)
    logRefusal(ctx, provider, known)
    return problemPath(known.reason, attempt)
  }
}

function logRefusal({ log }: Ctx, provider: string, { reason, cause }: AppError) {
  const details = { reason, provider, err: cause }
  if (reason === 'server/internal') log.error(details, 'callback failed')
  else if (cause && reason !== 'identity/denied') log.warn(details, 'callback not served')
  else log.info({ reason, provider }, 'callback refused')
}

async function enter(
  ctx: Ctx,
  { from, person, next }: { from: IdentityProvider; person: Person; next: string },
) {
  const user = await findAccount(ctx, from, person)
  if (!user?.emailVerifiedAt) throw new AppError('session/email-unverified')
  const { secondFactor } = await signIn(ctx, user, 'identity')
  return secondFactor ? withQuery('/sign-in/second-factor', { next }) : next
}

type Connection = { from: IdentityProvider; person: Person; userId: string; next: string }

async function connect(ctx: Ctx, { from, person, userId, next }: Connection) {
  await transact(ctx, async (tx) => {
    const own = asOwnSession(ctx, userId)
    if (!own) throw new AppError('session/required')
    await holdSession(own, tx)
    const known = await findIdentity(tx, from.name, person.subject)
    if (known && known.user.id !== userId) throw new AppError('identity/taken')
    if (known) await touchIdentity(ctx, tx, known.identity.id, person)
    else await insertIdentity(ctx, tx, { userId, provider: from, person }).catch(throwConnected)
  })
  return next
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

/** Who wanted to connect an account goes back to where they did, all others to the page for signing in. */
function problemPath(reason: ErrorReason, attempt: Attempt | undefined) {
  if (attempt?.intent === 'link') return withQuery(attempt.next, { problem: reason })
  return withQuery('/sign-in', { problem: reason, next: attempt?.next ?? '/' })
}

function withQuery(path: string, { problem, next }: { problem?: ErrorReason; next?: string }) {
  const url = new URL(path, 'http://site.invalid')
  if (problem !== undefined) url.searchParams.set('problem', problem)
  if (next !== undefined && next !== '/') url.searchParams.set('next', next)
  return url.pathname + url.search + url.hash
}
