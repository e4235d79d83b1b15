import type { ListUsers, ManagedUser } from '@galley/contract/platform/users'
import type { Page } from '@galley/contract/primitives'
import { users } from '@galley/db/schema'
import type { SessionCtx } from '../ctx.ts'
import { listPage, placeAt, TimeCursor } from '../cursor.ts'
import { listManagedUsers, passes } from './queries.ts'
import { toManagedUser } from './view.ts'

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
