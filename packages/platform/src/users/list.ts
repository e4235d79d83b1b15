import type { ListUsers, ManagedUser } from '@galley/contract/platform/users'
import type { Page } from '@galley/contract/primitives'
import type { SessionCtx } from '../ctx.ts'
import { decodeCursor, pageOf, TimeCursor } from '../cursor.ts'
import { listManagedUsers } from './queries.ts'
import { toManagedUser } from './view.ts'

/** People for those who manage them, newest first. */
export async function listUsers(ctx: SessionCtx, input: ListUsers): Promise<Page<ManagedUser>> {
  const after = decodeCursor(TimeCursor, input.cursor)
  const rows = await listManagedUsers(ctx.db, { ...input, after, limit: input.limit + 1 })
  return pageOf(
    rows,
    input.limit,
    (row) => [row.createdAt.getTime(), row.id],
    (row) => toManagedUser(ctx.actor, row),
  )
}
