import { canAct, hasRole } from '../actor.ts'
import type { Actor } from '../ctx.ts'
import { allOf, type Decision } from '../errors.ts'

/** Admins, and the operator by the command line. */
export const canChangeSettings = (actor: Actor): Decision =>
  allOf(
    canAct(actor),
    actor.kind === 'system' || (actor.kind === 'user' && hasRole(actor.user, 'admin'))
      ? 'ok'
      : 'role/required',
  )
