import { canAct } from '@galley/platform/actor'
import type { Actor } from '@galley/platform/ctx'
import { allOf, type Decision } from '@galley/platform/errors'

export const canFollow = (actor: Actor, person: { id: string }): Decision =>
  allOf(
    canAct(actor),
    actor.kind === 'user' ? 'ok' : 'session/required',
    actor.kind === 'user' && actor.user.id === person.id ? 'follow/self' : 'ok',
  )
