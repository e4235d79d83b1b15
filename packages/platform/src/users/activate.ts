import type { Queryable, Tx } from '@galley/db/client'
import { invitations, users } from '@galley/db/schema'
import { and, eq, isNull, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import type { Ctx } from '../ctx.ts'
import { lockInvitationOf } from '../invitations/queries.ts'
import type { UserRow } from './queries.ts'

/**
 * The person has shown that the address is theirs: from now on the account counts, and where there is no admin it
 * becomes one. Returns null for an account that is gone or was verified before.
 */
export async function activateUser(ctx: Ctx, tx: Tx, userId: string): Promise<UserRow | null> {
  const now = ctx.now()
  const [user] = await tx
    .update(users)
    .set({ emailVerifiedAt: now, updatedAt: now })
    .where(and(eq(users.id, userId), isNull(users.emailVerifiedAt)))
    .returning()
  if (!user) return null
  await recordAudit(ctx, tx, {
    action: 'user.email-verified',
    target: { type: 'user', id: userId },
    subjectId: userId,
  })
  await acceptInvitation(ctx, tx, user)
  await makeFirstAdmin(ctx, tx, user)
  return user
}

/**
 * Makes this account admin if there is none (OWASP ASVS 5.0 6.3.2: no default accounts). Of several at once the first
 * to take the lock is the one.
 */
async function makeFirstAdmin(ctx: Ctx, tx: Tx, user: UserRow): Promise<void> {
  if (await hasAdmin(tx)) return
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('first-admin', 0))`)
  if (await hasAdmin(tx)) return
  await tx.update(users).set({ role: 'admin' }).where(eq(users.id, user.id))
  await recordAudit(ctx, tx, {
    action: 'user.role-changed',
    target: { type: 'user', id: user.id },
    subjectId: user.id,
    before: { role: user.role },
    after: { role: 'admin' },
  })
}

const hasAdmin = async (db: Queryable) => (await db.$count(users, eq(users.role, 'admin'))) > 0

/** The address of this account was proved: an invitation of it is used up, and gives its role. */
async function acceptInvitation(ctx: Ctx, tx: Tx, user: UserRow): Promise<void> {
  const invitation = await lockInvitationOf(tx, user.email, ctx.now())
  if (!invitation) return
  const { id, role } = invitation
  await tx.delete(invitations).where(eq(invitations.id, id))
  await tx.update(users).set({ role }).where(eq(users.id, user.id))
  await recordAudit(ctx, tx, {
    action: 'invitation.accepted',
    target: { type: 'invitation', id },
    subjectId: user.id,
    before: { role: user.role },
    after: { role },
  })
}
