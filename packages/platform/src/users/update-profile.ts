import type { CurrentUser, UpdateProfile } from '@galley/contract/platform/users'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { canAct, toCurrentUser } from '../actor.ts'
import type { Actor, AuthedCtx } from '../ctx.ts'
import { allOf, authorize, type Decision } from '../errors.ts'
import { only } from '../rows.ts'
import { throwUsernameTaken } from './internal/sign-up.ts'

/** Changes the given fields of the caller's own profile; throws `user/username-taken`. */
export async function updateProfile(ctx: AuthedCtx, input: UpdateProfile): Promise<CurrentUser> {
  const { user } = ctx.actor
  authorize(canEditProfile(ctx.actor, user))
  const change = { ...input, updatedAt: ctx.now() }
  const rows = await ctx.db
    .update(users)
    .set(change)
    .where(eq(users.id, user.id))
    .returning()
    .catch(throwUsernameTaken)
  return toCurrentUser(only(rows))
}

/** Also what `can` of a profile says. */
export const canEditProfile = (actor: Actor, person: { id: string }): Decision =>
  allOf(
    canAct(actor),
    actor.kind === 'user' && actor.user.id === person.id ? 'ok' : 'user/forbidden',
  )
