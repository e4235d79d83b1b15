import { randomUUID } from 'node:crypto'
import type { Db, Tx } from '@galley/db/client'
import { deleteInBatches } from '@galley/db/delete-in-batches'
import * as schema from '@galley/db/schema'
import { and, eq, inArray, isNull, lt, sql, type SQL } from 'drizzle-orm'
import { getTableConfig } from 'drizzle-orm/pg-core'
import type { Ctx } from '../../ctx.ts'
import { lockAddress } from '../lock-address.ts'
import type { UserRow } from '../queries.ts'

const { credentials, identities, users } = schema

/**
 * Accounts whose address nobody has proved to own hold it against no one. With them go their passwords and tokens; the
 * suspended stay suspended. Returns how many were deleted.
 */
export async function deleteUnverified(tx: Tx, which: SQL): Promise<number> {
  const deleted = await tx.delete(users).where(and(which, isWaiting)).returning({ id: users.id })
  return deleted.length
}

/** The same of all that signed up before this time, however many they are. */
export const deleteUnverifiedSince = (db: Db, time: Date): Promise<number> =>
  deleteInBatches(db, users, sql`${lt(users.createdAt, time)} and ${isWaiting}`)

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

/** Columns that name the owner of what must not be deleted with an account: a foreign key that restricts says so. */
const possessions = Object.values(schema)
  .flatMap((table) => getTableConfig(table).foreignKeys)
  .filter(
    ({ onDelete, reference }) => onDelete === 'restrict' && reference().foreignTable === users,
  )
  .flatMap(({ reference }) => reference().columns)

const isWaiting = and(
  isNull(users.emailVerifiedAt),
  eq(users.status, 'active'),
  ...possessions.map(
    (owner) => sql`not exists (select 1 from ${owner.table} where ${owner} = ${users.id})`,
  ),
)
