import { isActive } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'

export const canFollow = (actor: Actor, person: { id: string }) =>
  actor.kind === 'user' && isActive(actor) && actor.user.id !== person.id
