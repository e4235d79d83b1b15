import type { ListUsers, ManagedUser } from '@galley/contract/platform/users'
import type { Page } from '@galley/contract/primitives'
import { users } from '@galley/db/schema'
import type { Actor, SessionCtx } from '../ctx.ts'
import { listPage, placeAt, TimeCursor } from '../cursor.ts'
import { managedUserCan } from './policy.ts'
import { listManagedUsers, type ManagedRow, passes } from './queries.ts'

/** People for those who manage them, newest first. */
export function listUsers(ctx: SessionCtx, input: ListUsers): Promise<Page<ManagedUser>> {
  const isWanted = passes(input)
  return listPage(input, {
    cursor: TimeCursor,
    find: (start) => listManagedUsers(ctx.db, isWanted, start),
    count: () => ctx.db.$count(users, isWanted),
    toCursor: (row) => placeAt(row.createdAt, row.id),
    toItem: (row) => toManagedUser(ctx.actor, row),
  })
}

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
