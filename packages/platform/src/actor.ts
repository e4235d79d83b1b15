import type { SessionUser } from '@galley/auth/sessions'
import { thumbnailUrl } from '@galley/contract/platform/media'
import { type CurrentUser, Role } from '@galley/contract/platform/users'
import type { Actor, Ctx, UserActor, Via } from './ctx.ts'
import { type Decision, isAllowed } from './errors.ts'

/** Somebody who calls. */
export const userActor = (user: SessionUser, via: Via, now: Date): UserActor => ({
  kind: 'user',
  user: withRightsAt(user, now),
  via,
})

/** Who did not set up in time the second factor that they need has the rights of a reader. */
const withRightsAt = (user: SessionUser, now: Date): SessionUser =>
  lacksSecondFactor(user, now) ? { ...user, role: 'reader' } : user

/** Whether somebody may change anything at all: the first question of every policy. Suspended people read only. */
export function canAct(actor: Actor): Decision {
  if (actor.kind === 'system') return 'ok'
  return actor.kind === 'user' ? canUserAct(actor.user) : 'session/required'
}

const canUserAct = ({ status }: Pick<SessionUser, 'status'>): Decision =>
  status === 'active' ? 'ok' : 'user/suspended'

/** In the order of roles each may do what those before it may. */
const rank = (role: Role) => Role.options.indexOf(role)

export const hasRole = ({ role }: { role: Role }, least: Role) => rank(role) >= rank(least)

export const outranks = (person: { role: Role }, other: { role: Role }) =>
  rank(person.role) > rank(other.role)

/** The roles that the actor may give at all: editors those below their own, admins every one. */
export function grantableRoles({ user }: UserActor): Role[] {
  if (!mayManageUsers(user)) return []
  return Role.options.filter((role) => mayAdminister(user) || outranks(user, { role }))
}

export const isEditor = (actor: Actor) =>
  actor.kind === 'system' || (actor.kind === 'user' && hasRole(actor.user, 'editor'))

export const isAuthorOf = (actor: Actor, work: { authorId: string }) =>
  actor.kind === 'user' && actor.user.id === work.authorId

/** Whether a person acts on what somebody else wrote: that is written down. */
export const actsForOthers = (actor: Actor, work: { authorId: string }) =>
  actor.kind === 'user' && !isAuthorOf(actor, work)

/** Readers comment and follow; articles are for authors and up. */
export const mayWrite = (user: SessionUser) => mayActAs(user, 'author')

export const mayManageUsers = (user: SessionUser) => mayActAs(user, 'editor')

export const mayAdminister = (user: SessionUser) => mayActAs(user, 'admin')

const mayActAs = (user: SessionUser, least: Role) =>
  isAllowed(canUserAct(user)) && hasRole(user, least)

/** How long a sign-in or a step-up counts as recent (OWASP ASVS 5.0 V7.5). */
export const RECENT_AUTH_MINUTES = 10

/** Whether the person proved in the last ten minutes who they are; a token proves nothing of the kind. */
export const hasRecentAuth = (ctx: Pick<Ctx, 'now'>, via: Via): Decision =>
  via.kind === 'session' &&
  ctx.now().getTime() - via.authenticatedAt.getTime() <= RECENT_AUTH_MINUTES * 60_000
    ? 'ok'
    : 'session/step-up-required'

type SecondFactorState = Pick<SessionUser, 'secondFactorDueAt' | 'secondFactorResetAt'>

/** By when the person must have set up a second factor; null where none is asked of them, or it is on. */
const secondFactorDue = ({ secondFactorDueAt, secondFactorResetAt }: SecondFactorState) =>
  secondFactorResetAt ?? secondFactorDueAt

/** Whether that is over: until it is set up the person can only read, as a reader does. */
export function lacksSecondFactor(person: SecondFactorState, now: Date): boolean {
  const due = secondFactorDue(person)
  return due !== null && due <= now
}

/** The person with the rights that they have now. Field by field: what else a row may hold does not leave. */
export function toCurrentUser(person: SessionUser, now: Date): CurrentUser {
  const user = withRightsAt(person, now)
  return {
    id: user.id,
    email: user.email,
    username: user.username,
    displayName: user.displayName,
    bio: user.bio,
    avatarMediaId: user.avatarMediaId,
    avatarUrl: user.avatarMediaId && thumbnailUrl(user.avatarMediaId),
    role: user.role,
    status: user.status,
    reviewSince: user.reviewSince?.toISOString() ?? null,
    secondFactorDue: secondFactorDue(user)?.toISOString() ?? null,
    can: {
      write: mayWrite(user),
      manageUsers: mayManageUsers(user),
      administer: mayAdminister(user),
    },
  }
}
