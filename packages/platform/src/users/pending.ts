import { randomUUID } from 'node:crypto'
import type { Tx } from '@galley/db/client'
import { articles, credentials, identities, users } from '@galley/db/schema'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import type { UserRow } from './queries.ts'
import { lockAddress } from './unverified.ts'

type SignUp = Pick<typeof users.$inferInsert, 'email' | 'username' | 'displayName' | 'role'>

/**
 * A sign-up that waits for its address to be proved. It takes the place of one that waited before, which holds the
 * address against no one; mailed links go on, as they prove the address and not whose sign-up it is. Undefined where the
 * address has an account, after the same statements. A unique violation where the username is taken.
 */
export async function putSignUp(ctx: Ctx, tx: Tx, signUp: SignUp): Promise<UserRow | undefined> {
  await lockAddress(tx, signUp.email)
  const waiting = tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.email, signUp.email), isWaiting))
  await tx.delete(credentials).where(inArray(credentials.userId, waiting))
  await tx.delete(identities).where(inArray(identities.userId, waiting))
  const now = ctx.now()
  const values = { ...signUp, signUpId: randomUUID(), createdAt: now, updatedAt: now }
  const [row] = await tx
    .insert(users)
    .values(values)
    .onConflictDoUpdate({
      target: users.email,
      set: { ...values, bio: '', role: sql`excluded.role` },
      setWhere: isWaiting,
    })
    .returning()
  return row
}

const isWaiting = and(
  isNull(users.emailVerifiedAt),
  eq(users.status, 'active'),
  sql`not exists (select 1 from ${articles} where ${articles.authorId} = ${users.id})`,
)

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
