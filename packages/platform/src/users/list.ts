import type { ListUsers, ManagedUser, UserOrder } from '@galley/contract/platform/users'
import type { Page } from '@galley/contract/primitives'
import { users } from '@galley/db/schema'
import type { z } from 'zod'
import type { Actor, SessionCtx } from '../ctx.ts'
import { countListed } from '../count-listed.ts'
import {
  byId,
  byName,
  byText,
  byTime,
  listSorted,
  type Order,
  type Orders,
  reversed,
} from '../order.ts'
import { managedUserCan } from './policy.ts'
import { listManagedUsers, type ManagedRow, passes, toByline } from './queries.ts'

/** People for those who manage them. */
export function listUsers(ctx: SessionCtx, input: ListUsers): Promise<Page<ManagedUser>> {
  const isWanted = passes(input)
  return listSorted(input, {
    orders,
    byDefault: 'newest',
    find: (start) => listManagedUsers(ctx.db, isWanted, start),
    count: () => countListed(ctx.db, users, isWanted),
    toItem: (row) => toManagedUser(ctx.actor, row),
  })
}

const id = byId(users.id, (row: ManagedRow) => row.id)
const oldest: Order<ManagedRow> = [byTime(users.createdAt, (row) => row.createdAt), id]
const name: Order<ManagedRow> = [byName(users.displayName, (row) => row.displayName), id]
const username: Order<ManagedRow> = [byText(users.username, (row) => row.username)]

const orders: Orders<z.output<typeof UserOrder>, ManagedRow> = {
  newest: reversed(oldest),
  oldest,
  name,
  '-name': reversed(name),
  username,
  '-username': reversed(username),
}

export const toManagedUser = (actor: Actor, row: ManagedRow): ManagedUser => ({
  id: row.id,
  ...toByline(row),
  email: row.email,
  emailVerified: row.emailVerifiedAt !== null,
  role: row.role,
  status: row.status,
  createdAt: row.createdAt.toISOString(),
  secondFactor: row.secondFactor,
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  can: managedUserCan(actor, row),
})
