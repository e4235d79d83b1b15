import { Role, type UserStatus } from '@galley/contract/platform/users'
import { isActive, mayAdminister, mayManageUsers } from '../actor.ts'
import type { Actor } from '../ctx.ts'

export const canEditProfile = (actor: Actor, person: { id: string }) =>
  actor.kind === 'user' && isActive(actor) && actor.user.id === person.id

/** What decides who may manage a person. */
type Managed = { id: string; role: Role }

const rank: Record<Role, number> = { reader: 0, author: 1, editor: 2, admin: 3 }

/** Admins manage everybody, editors those below them; nobody themselves. */
export const canManage = (actor: Actor, person: Managed) =>
  actor.kind === 'user' &&
  mayManageUsers(actor.user) &&
  actor.user.id !== person.id &&
  (actor.user.role === 'admin' || rank[person.role] < rank[actor.user.role])

/**
 * The roles that the actor may give to the person: below their own, unless they are an admin. An admin may step down;
 * that another one remains, the write itself makes sure of.
 */
export function grantableRoles(actor: Actor, person: Managed): Role[] {
  if (actor.kind !== 'user') return []
  const isAdmin = mayAdminister(actor.user)
  const stepsDown = isAdmin && actor.user.id === person.id
  if (!stepsDown && !canManage(actor, person)) return []
  return Role.options.filter((role) => isAdmin || rank[role] < rank[actor.user.role])
}

/** The roles that the actor may give to somebody who has no account yet. */
export const rolesForNewcomers = (actor: Actor) => grantableRoles(actor, { id: '', role: 'reader' })

/** Admins alone: with the factor goes what keeps others out. */
export const canResetSecondFactor = (actor: Actor, person: Managed) =>
  actor.kind === 'user' && mayAdminister(actor.user) && canManage(actor, person)

/** The answers of the policies above, as they travel in views. */
export function managedUserCan(
  actor: Actor,
  person: Managed & { status: UserStatus; secondFactor: boolean },
) {
  const manages = canManage(actor, person)
  return {
    grant: grantableRoles(actor, person),
    suspend: manages && person.status === 'active',
    restore: manages && person.status === 'suspended',
    revokeSessions: manages,
    resetSecondFactor: person.secondFactor && canResetSecondFactor(actor, person),
  }
}
