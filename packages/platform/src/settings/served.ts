import { hasRole } from '../actor.ts'
import type { Actor, Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'

/** When those who are not served may ask again. */
const RETRY_SECONDS = 60

/** Throws `server/maintenance` while the site is in maintenance, for all but admins in their own browsers, and Galley itself. */
export function refuseInMaintenance({ settings }: Pick<Ctx, 'settings'>, actor: Actor): void {
  if (settings.current.maintenanceSince === null || isServed(actor)) return
  throw new AppError('server/maintenance', { retryAfterSeconds: RETRY_SECONDS })
}

const isServed = (actor: Actor): boolean =>
  actor.kind === 'system' ||
  (actor.kind === 'user' && actor.via.kind === 'session' && hasRole(actor.user, 'admin'))
