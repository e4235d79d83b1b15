import type { CreateUser } from '@galley/contract/platform/users'
import { credentials, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { refuseWeakPassword } from '../password-rules.ts'
import { only } from '../rows.ts'
import { throwUsernameTaken } from './internal/sign-up.ts'
import { deleteUnverified, lockAddress } from './internal/unverified.ts'
import { findUserByEmail } from './queries.ts'

/**
 * A new account that is admin from the start, its address vouched for: for the operator alone, no procedure reaches it.
 * Returns false where the address has an account already.
 */
export async function createAdmin(ctx: Ctx, input: CreateUser): Promise<boolean> {
  const { password, ...account } = input
  await refuseWeakPassword(ctx, password, input)
  const passwordHash = await ctx.passwords.hash(password)
  const now = ctx.now()
  return transact(ctx, async (tx) => {
    await lockAddress(tx, input.email)
    await deleteUnverified(tx, eq(users.email, input.email))
    if (await findUserByEmail(tx, input.email)) return false
    const values = { ...account, role: 'admin', emailVerifiedAt: now } as const
    const { id } = only(
      await tx.insert(users).values(values).returning({ id: users.id }).catch(throwUsernameTaken),
    )
    await tx.insert(credentials).values({ userId: id, passwordHash, updatedAt: now })
    await recordAudit(ctx, tx, {
      action: 'user.created',
      target: { type: 'user', id },
      subjectId: id,
      after: { role: 'admin', username: input.username },
    })
    return true
  })
}
