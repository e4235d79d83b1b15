import { randomUUID } from 'node:crypto'
import type { Accepted, CreateUser } from '@galley/contract/platform/users'
import type { Tx } from '@galley/db/client'
import { credentials } from '@galley/db/schema'
import { recordAudit } from '../audit/record.ts'
import { type Ctx, transact } from '../ctx.ts'
import type { Granted, IssuedToken, Kept } from '../grant.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'
import { refuseWeakPassword } from '../password-rules.ts'
import {
  newcomerRole,
  notifyAccountOwner,
  throwUsernameTaken,
  usernameTaken,
} from './internal/sign-up.ts'
import { putSignUp } from './internal/unverified.ts'
import { findTakenUsernames, type UserRow } from './queries.ts'
import { createInvitedUser } from './sign-up-by-invitation.ts'

/**
 * Sign-up. The response and the work are the same whether the address has an account or not (OWASP ASVS 5.0 6.3.8): what
 * there is to say goes to the address by mail. A sign-up that was never verified gives way to the next one, so that
 * nobody gains anything by registering the address of somebody else first; the client keeps the proof that it is its.
 */
export async function createUser(ctx: Ctx, input: CreateUser): Promise<Granted<Accepted>> {
  const { invitation } = input
  if (invitation !== undefined) {
    return { view: await createInvitedUser(ctx, { ...input, invitation }), grant: {} }
  }
  const role = newcomerRole(ctx)
  await refuseWeakPassword(ctx, input.password, input)
  await refuseTakenUsername(ctx, input.username)
  const passwordHash = await ctx.passwords.hash(input.password)
  const created = await transact(ctx, async (tx) => {
    const { email, username, displayName } = input
    const signUp = { email, username, displayName, role }
    const user = await putSignUp(ctx, tx, signUp).catch(throwUsernameTaken)
    if (user) await welcome(ctx, tx, user.id, passwordHash)
    else await notifyAccountOwner(ctx, tx, email)
    return user
  })
  return { view: { accepted: true }, grant: { 'sign-up': issueSignUpProof(ctx, created) } }
}

// Before the address is looked at, and the caller's own unverified account is no exception: a response that depended on
// both would tell whose address belongs to a username.
async function refuseTakenUsername(ctx: Ctx, username: string) {
  if ((await findTakenUsernames(ctx.db, [username])).has(username)) throw usernameTaken()
}

async function welcome(ctx: Ctx, tx: Tx, userId: string, passwordHash: string) {
  await tx.insert(credentials).values({ userId, passwordHash, updatedAt: ctx.now() })
  await recordAudit(ctx, tx, {
    action: 'user.signed-up',
    target: { type: 'user', id: userId },
    subjectId: userId,
  })
  await enqueueEmail(ctx, tx, { letter: 'verify-email', userId })
}

/** Longer than a sign-up waits. */
const DAYS = 7

/**
 * By which the client is known that began this sign-up. One that began none, because the address has an account, gets
 * a proof that looks the same.
 */
export function issueSignUpProof(ctx: Ctx, user?: Pick<UserRow, 'signUpId'> | null): IssuedToken {
  const token = ctx.secretBox.sign('sign-up', user?.signUpId ?? randomUUID())
  return { token, expiresAt: new Date(ctx.now().getTime() + DAYS * 86_400_000) }
}

/** Whether the account waits because of a sign-up that this client began. */
export function isOwnSignUp(
  ctx: Ctx,
  { signUpId }: Pick<UserRow, 'signUpId'>,
  { 'sign-up': proof }: Kept<'sign-up'>,
): boolean {
  if (proof === undefined || signUpId === null) return false
  return ctx.secretBox.verify('sign-up', signUpId, proof)
}
