import { canAct, hasRole, isEditor } from '../actor.ts'
import type { Actor } from '../ctx.ts'
import { allOf, type Decision } from '../errors.ts'

type Owned = { ownerId: string }

/** Anybody who may act: readers have pictures of themselves. */
export const canUploadMedia = (actor: Actor): Decision =>
  allOf(canAct(actor), actor.kind === 'user' ? 'ok' : 'session/required')

/**
 * What everybody sees somewhere is for everybody; the rest for its owner, for admins, for those to whom something shows it,
 * and for editors who see it in a draft.
 */
export const canReadMedia = (
  actor: Actor,
  file: Owned & { isPublic: boolean; isShown: boolean; isUsed: boolean },
): Decision =>
  file.isPublic || file.isShown || isOwnerOrAdmin(actor, file) || (file.isUsed && isEditor(actor))
    ? 'ok'
    : 'media/not-found'

/** Changing and deleting. To others there is no such file. */
export const canManageMedia = (actor: Actor, file: Owned): Decision =>
  isOwnerOrAdmin(actor, file) ? canAct(actor) : 'media/not-found'

/** Seeing a file among one's own, with where it is used. */
export const canSeeMedia = (actor: Actor, file: Owned): Decision =>
  isOwnerOrAdmin(actor, file) ? 'ok' : 'media/not-found'

const isOwnerOrAdmin = (actor: Actor, { ownerId }: Owned) =>
  actor.kind === 'system' ||
  (actor.kind === 'user' && (actor.user.id === ownerId || hasRole(actor.user, 'admin')))
