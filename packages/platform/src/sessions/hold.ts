import type { Session } from '@galley/auth/sessions'
import type { Tx } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import type { SessionCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'

/**
 * Locks the person and throws `session/required` where the caller's session was ended since the request came: what is
 * made next would outlive it. First in the transaction of each new passkey, token, connected account or address.
 */
export async function holdSession({ actor, sessions }: SessionCtx, tx: Tx): Promise<Session> {
  const { user, via } = actor
  await tx.select({ id: users.id }).from(users).where(eq(users.id, user.id)).for('update')
  const session = await sessions.find(tx, via.sessionId)
  if (!session) throw new AppError('session/required')
  return session
}
