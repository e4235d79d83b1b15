import type { Accepted, CreateUser } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { credentials, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { recordAudit } from '../audit/record.ts'
import { transact, type Ctx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { getInvitationByToken } from '../invitations/queries.ts'
import { refuseWeakPassword } from '../password-rules.ts'
import { activateUser } from './activate.ts'
import { newcomerRole, throwUsernameTaken } from './internal/sign-up.ts'
import { deleteUnverified } from './internal/unverified.ts'
import { lockAddress } from './lock-address.ts'

type Invited = CreateUser & { invitation: string }

/**
 * Sign-up by the link of an invitation. The link proves the address, so the account counts at once; who has it may also
 * learn that the address has an account meanwhile. Throws `invitation/invalid`, `invitation/has-account`.
 */
export async function createInvitedUser(ctx: Ctx, input: Invited): Promise<Accepted> {
  await checkInvitation(ctx, input)
  await refuseWeakPassword(ctx, input.password, input)
  const passwordHash = await ctx.passwords.hash(input.password)
  await transact(ctx, async (tx) => {
    await lockAddress(tx, input.email)
    await checkInvitation(ctx, input, tx)
    await deleteUnverified(tx, eq(users.email, input.email))
    const { email, username, displayName } = input
    const [created] = await tx
      .insert(users)
      .values({ email, username, displayName })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id })
      .catch(throwUsernameTaken)
    if (!created) throw new AppError('invitation/has-account')
    const userId = created.id
    await tx.insert(credentials).values({ userId, passwordHash, updatedAt: ctx.now() })
    await recordAudit(ctx, tx, {
      action: 'user.signed-up',
      target: { type: 'user', id: userId },
      subjectId: userId,
    })
    await activateUser(ctx, tx, userId)
  })
  return { accepted: true }
}

async function checkInvitation(ctx: Ctx, { invitation, email }: Invited, tx?: Tx) {
  if (ctx.site.signUp === 'closed') newcomerRole(ctx)
  const offered = await getInvitationByToken(ctx, invitation, tx)
  if (offered.email === email) return
  const fields = [{ path: 'email', message: 'The invitation is for another address.' }]
  throw new AppError('invitation/invalid', { fields })
}
