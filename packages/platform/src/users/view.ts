import type { ManagedUser } from '@galley/contract/platform/users'
import type { Actor } from '../ctx.ts'
import { managedUserCan } from './policy.ts'
import type { ManagedRow } from './queries.ts'

export const toManagedUser = (actor: Actor, row: ManagedRow): ManagedUser => ({
  id: row.id,
  username: row.username,
  displayName: row.displayName,
  email: row.email,
  emailVerified: row.emailVerifiedAt !== null,
  role: row.role,
  status: row.status,
  createdAt: row.createdAt.toISOString(),
  secondFactor: row.secondFactor,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  can: managedUserCan(actor, row),
})
