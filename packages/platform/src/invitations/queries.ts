import { Id } from '@galley/contract/primitives'
import type { Role } from '@galley/contract/platform/users'
import type { Queryable, Tx } from '@galley/db/client'
import { invitations, users } from '@galley/db/schema'
import { and, eq, gt, sql, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { comesAfter, inOrder, type SortedStart } from '../order.ts'
import { AppError } from '../errors.ts'

/** `invitedBy` is a username. */
export type InvitationRow = {
  id: string
  email: string
  role: Role
  invitedBy: string
  createdAt: Date
  expiresAt: Date
}

/** What the token of an invitation's link carries. */
const InvitationToken = z.object({ invitationId: Id })

/** Those of the condition. */
export const listPending = (
  db: Queryable,
  condition: SQL | undefined,
  { order, after, offset, limit }: SortedStart,
): Promise<InvitationRow[]> =>
  db
    .select({
      id: invitations.id,
      email: invitations.email,
      role: invitations.role,
      invitedBy: users.username,
      createdAt: invitations.createdAt,
      expiresAt: invitations.expiresAt,
    })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.invitedBy))
    .where(and(condition, comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)

/** Not accepted yet, not too late for it, and of somebody who may still invite to the role, as `canInvite` decides. */
export const isOpen = (now: Date) =>
  and(
    gt(invitations.expiresAt, now),
    sql`exists (select 1 from ${users} inviter where inviter.id = ${invitations.invitedBy} and inviter.status = 'active'
      and (inviter.role = 'admin' or inviter.role = 'editor' and ${invitations.role} in ('reader', 'author')))`,
  )

/**
 * Throws `invitation/invalid`, also where the invitation was taken back, accepted or replaced by a newer one. Where it is
 * to be accepted in a transaction it is locked: nobody takes it back or changes its role before that ends.
 */
export async function getInvitationByToken(ctx: Ctx, token: string, tx?: Tx) {
  const link = await ctx.oneTimeTokens.find(tx ?? ctx.db, 'invitation', token)
  const carried = InvitationToken.safeParse(link?.data)
  if (!carried.success) throw new AppError('invitation/invalid')
  const which = and(eq(invitations.id, carried.data.invitationId), isOpen(ctx.now()))
  const [row] = await (tx ? pending(tx, which).for('update') : pending(ctx.db, which))
  if (!row) throw new AppError('invitation/invalid')
  return row
}

/** Of this address, which the caller has proved to be theirs; locked to be accepted. */
export async function lockInvitationOf(tx: Tx, email: string, now: Date) {
  const [row] = await pending(tx, and(eq(invitations.email, email), isOpen(now))).for('update')
  return row ?? null
}

const pending = (db: Queryable, which: SQL | undefined) =>
  db.select().from(invitations).where(which)
