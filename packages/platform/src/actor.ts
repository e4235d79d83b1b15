import type { SessionUser } from '@galley/auth/sessions'
import type { Actor, UserActor, Via } from './ctx.ts'
import { isAllowed, type Decision } from './errors.ts'
import { lacksSecondFactor } from './second-factor.ts'

/** Somebody who calls. Who did not set up in time the second factor that they need has the rights of a reader. */
export const userActor = (user: SessionUser, via: Via, now: Date): UserActor => ({
  kind: 'user',
  user: lacksSecondFactor(user, now) ? { ...user, role: 'reader' } : user,
  via,
})

/** Whether somebody may change anything at all: the first question of every policy. Suspended people read only. */
export function canAct(actor: Actor): Decision {
  if (actor.kind === 'system') return 'ok'
  if (actor.kind === 'anonymous') return 'session/required'
  return actor.user.status === 'active' ? 'ok' : 'user/suspended'
}

export const isActive = (actor: Actor) => isAllowed(canAct(actor))

export const isEditor = (actor: Actor) =>
  actor.kind === 'system' ||
  (actor.kind === 'user' && (actor.user.role === 'editor' || actor.user.role === 'admin'))

export const isAuthorOf = (actor: Actor, work: { authorId: string }) =>
  actor.kind === 'user' && actor.user.id === work.authorId

/** Whether a person acts on what somebody else wrote: that is written down. */
export const actsForOthers = (actor: Actor, work: { authorId: string }) =>
  actor.kind === 'user' && !isAuthorOf(actor, work)

/** Readers comment and follow; articles are for authors and up. */
export const mayWrite = (user: SessionUser) => user.status === 'active' && user.role !== 'reader'

export const mayManageUsers = (user: SessionUser) =>
  user.status === 'active' && (user.role === 'editor' || user.role === 'admin')

export const mayAdminister = (user: SessionUser) =>
  user.status === 'active' && user.role === 'admin'
