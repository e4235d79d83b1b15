import type { CurrentUser } from '@galley/contract/platform/users'
import { notFound } from '@tanstack/react-router'

/** For `beforeLoad` of a page below `/admin` that only admins have; for others there is nothing at its address. */
export function requireAdmin({ context: { user } }: { context: { user: CurrentUser } }) {
  if (!user.can.administer) throw notFound()
}
