import { randomUUID } from 'node:crypto'
import type { Ctx } from '../ctx.ts'
import type { IssuedToken, Kept } from '../grant.ts'
import type { UserRow } from './queries.ts'

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
