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

/** Whether somebody is served while the site is in maintenance: admins in their own browsers, and Galley itself. */
export const passesMaintenance = (actor: Actor): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'user' && actor.via.kind === 'session' && hasRole(actor.user, 'admin'))
