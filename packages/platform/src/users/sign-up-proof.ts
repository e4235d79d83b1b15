import { randomUUID } from 'node:crypto'
import type { Ctx } from '../ctx.ts'
import type { UserRow } from './queries.ts'

/** Longer than a sign-up waits. */
const COOKIE_DAYS = 7

/**
 * Leaves a cookie by which the browser is known that began this sign-up. One that began none, because the address has an
 * account, gets a cookie that looks the same.
 */
export function rememberSignUp(ctx: Ctx, user?: Pick<UserRow, 'signUpId'> | null): void {
  const signature = ctx.secretBox.sign('sign-up', user?.signUpId ?? randomUUID())
  const expiresAt = new Date(ctx.now().getTime() + COOKIE_DAYS * 86_400_000)
  ctx.cookies.set('sign-up', signature, expiresAt)
}

/** Whether the account waits because of a sign-up that this browser began. */
export function isOwnSignUp(ctx: Ctx, { signUpId }: Pick<UserRow, 'signUpId'>): boolean {
  const signature = ctx.cookies.get('sign-up')
  if (signature === undefined || signUpId === null) return false
  return ctx.secretBox.verify('sign-up', signUpId, signature)
}
