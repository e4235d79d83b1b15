import type { Role, UserStatus } from '@galley/contract/platform/users'
import type { Queryable, Tx } from '@galley/db/client'
import { recoveryCodes, sessions, totpCredentials, users } from '@galley/db/schema'
import { and, desc, eq, isNotNull, max, ne, or, sql } from 'drizzle-orm'
import { beginsWith } from '../begins-with.ts'
import type { TimeCursor } from '../cursor.ts'

const select = (db: Queryable) => {
  const lastSeen = db
    .select({ at: max(sessions.lastSeenAt) })
    .from(sessions)
    .where(eq(sessions.userId, users.id))
  return db
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      role: users.role,
      status: users.status,
      createdAt: users.createdAt,
      secondFactor: sql<boolean>`exists (select 1 from ${totpCredentials}
        where ${totpCredentials.userId} = ${users.id} and ${totpCredentials.confirmedAt} is not null)`,
      lastSeenAt: sql<Date | null>`(${lastSeen})`.mapWith(sessions.lastSeenAt),
    })
    .from(users)
}

export type ManagedRow = Awaited<ReturnType<typeof listManagedUsers>>[number]

type Wanted = {
  query?: string | undefined
  role?: Role | undefined
  status?: UserStatus | undefined
  after: TimeCursor | null
  limit: number
}

/** Newest first: up to `limit` of those that have all that is wanted. */
export function listManagedUsers(db: Queryable, { query, role, status, after, limit }: Wanted) {
  const beginning = query?.toLowerCase()
  return select(db)
    .where(
      and(
        beginning
          ? or(beginsWith(users.username, beginning), beginsWith(users.email, beginning))
          : undefined,
        role && eq(users.role, role),
        status && eq(users.status, status),
        after
          ? sql`(${users.createdAt}, ${users.id}) < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]}::uuid)`
          : undefined,
      ),
    )
    .orderBy(desc(users.createdAt), desc(users.id))
    .limit(limit)
}

export async function findManagedUser(db: Queryable, id: string): Promise<ManagedRow | null> {
  const [row] = await select(db).where(eq(users.id, id))
  return row ?? null
}

/** Changes of standing happen one after the other, so that who remains can be counted. Held until the transaction ends. */
export async function takeTurn(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('users.standing', 0))`)
}

/** Admins but this one who can act: active, and with a verified address to sign in by. */
export const countOtherAdmins = (tx: Tx, id: string) =>
  tx.$count(
    users,
    and(
      eq(users.role, 'admin'),
      eq(users.status, 'active'),
      isNotNull(users.emailVerifiedAt),
      ne(users.id, id),
    ),
  )

/** What a person is here: their role, or whether they are suspended. */
export type Standing = { role: Role } | { status: UserStatus }

export async function setStanding(tx: Tx, id: string, change: Standing, now: Date): Promise<void> {
  await tx
    .update(users)
    .set({ ...change, updatedAt: now })
    .where(eq(users.id, id))
}

/** Takes the second factor away and asks for another one; false where none was on. */
export async function deleteSecondFactor(tx: Tx, userId: string, now: Date): Promise<boolean> {
  const [totp] = await tx
    .delete(totpCredentials)
    .where(eq(totpCredentials.userId, userId))
    .returning()
  if (!totp?.confirmedAt) return false
  await tx.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  await tx.update(users).set({ secondFactorResetAt: now }).where(eq(users.id, userId))
  return true
}
