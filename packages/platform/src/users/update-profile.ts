import type { CurrentUser, UpdateProfile } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { canAct, toCurrentUser } from '../actor.ts'
import { transact, type Actor, type AuthedCtx } from '../ctx.ts'
import { allOf, authorize, type Decision } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { usePicture } from '../media/use-picture.ts'
import { only } from '../rows.ts'
import { throwUsernameTaken } from './internal/sign-up.ts'

/** Changes the given fields of the caller's own profile; throws `user/username-taken`, and what an avatar is refused for. */
export async function updateProfile(ctx: AuthedCtx, input: UpdateProfile): Promise<CurrentUser> {
  const { user } = ctx.actor
  authorize(canEditProfile(ctx.actor, user))
  const change = { ...input, updatedAt: ctx.now() }
  const rows = await transact(ctx, async (tx) => {
    if (input.avatarMediaId !== undefined) await showAvatar(ctx, tx, input.avatarMediaId)
    const changed = await tx.update(users).set(change).where(eq(users.id, user.id)).returning()
    await emit(ctx, tx, 'user.profile-updated', { userId: user.id })
    return changed
  }).catch(throwUsernameTaken)
  return toCurrentUser(only(rows), ctx.now())
}

/** Everybody sees a person's picture. */
function showAvatar(ctx: AuthedCtx, tx: Tx, mediaId: string | null) {
  const { id, displayName: title } = ctx.actor.user
  const subject = { kind: 'user', id, title, isPublic: true }
  return usePicture(ctx, tx, subject, { mediaId, path: 'avatarMediaId' })
}

/** Also what `can` of a profile says. */
export const canEditProfile = (actor: Actor, person: { id: string }): Decision =>
  allOf(
    canAct(actor),
    actor.kind === 'user' && actor.user.id === person.id ? 'ok' : 'user/forbidden',
  )
