import type { Role, UserStatus } from '@galley/contract/platform/users'
import { grantableRoles, mayAdminister, mayManageUsers, outranks } from '../actor.ts'
import type { Actor } from '../ctx.ts'
import { allOf, isAllowed, type Decision } from '../errors.ts'

/** What decides who may manage a person. */
type Managed = { id: string; role: Role }

/** Admins manage everybody, editors those below them; nobody themselves. */
export const canManage = (actor: Actor, person: Managed): Decision =>
  actor.kind === 'user' &&
  mayManageUsers(actor.user) &&
  actor.user.id !== person.id &&
  (mayAdminister(actor.user) || outranks(actor.user, person))
    ? 'ok'
    : 'user/forbidden'

/**
 * The roles that the actor may give to the person. An admin may step down; that another one remains, the write itself
 * makes sure of.
 */
export function rolesFor(actor: Actor, person: Managed): Role[] {
  if (actor.kind !== 'user') return []
  const stepsDown = mayAdminister(actor.user) && actor.user.id === person.id
  return stepsDown || isAllowed(canManage(actor, person)) ? grantableRoles(actor) : []
}

export const canSetRole = (actor: Actor, person: Managed, role: Role): Decision =>
  rolesFor(actor, person).includes(role) ? 'ok' : 'user/forbidden'

/** Admins alone: with the factor goes what keeps others out. */
export const canResetSecondFactor = (actor: Actor, person: Managed): Decision =>
  allOf(
    canManage(actor, person),
    actor.kind === 'user' && mayAdminister(actor.user) ? 'ok' : 'user/forbidden',
  )

/** The decisions of the policies above, for views. */
export function managedUserCan(
  actor: Actor,
  person: Managed & { status: UserStatus; secondFactor: boolean },
) {
  const manages = isAllowed(canManage(actor, person))
  return {
    grant: rolesFor(actor, person),
    suspend: manages && person.status === 'active',
    restore: manages && person.status === 'suspended',
    revokeSessions: manages,
    resetSecondFactor: person.secondFactor && isAllowed(canResetSecondFactor(actor, person)),
  }
}
