import { isActive } from '../actor.ts'
import type { Actor } from '../ctx.ts'

export const canFollow = (actor: Actor, person: { id: string }) =>
  actor.kind === 'user' && isActive(actor) && actor.user.id !== person.id

export const canEditProfile = (actor: Actor, person: { id: string }) =>
  actor.kind === 'user' && isActive(actor) && actor.user.id === person.id
