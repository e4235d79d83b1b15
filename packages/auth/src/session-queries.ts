import type { Queryable } from '@galley/db/client'
import { batched, alignByKey } from '@galley/db/batched'
import { deleteInBatches } from '@galley/db/delete-in-batches'
import { prepared } from '@galley/db/prepared'
import { sessions, users } from '@galley/db/schema'
import { and, desc, eq, gt, lte, ne, sql } from 'drizzle-orm'

// Times are compared with this process's clock, as Lucia does: never with the database's.
export type SessionRow = typeof sessions.$inferSelect

/** What is read of a person with every request. */
export const sessionUser = {
  id: users.id,
  email: users.email,
  username: users.username,
  displayName: users.displayName,
  bio: users.bio,
  avatarMediaId: users.avatarMediaId,
  role: users.role,
  status: users.status,
  reviewSince: users.reviewSince,
  secondFactorDueAt: users.secondFactorDueAt,
  secondFactorResetAt: users.secondFactorResetAt,
}

// Runs on every signed-in request: one statement for both. By a sub-select, so that one plan serves any number.
const sessionsWithUsers = prepared((db) =>
  db
    .select({
      session: sessions,
      user: sessionUser,
    })
    .from(sql`unnest((select ${sql.placeholder('ids')}::text[])) as wanted (id)`)
    .innerJoin(sessions, eq(sessions.id, sql`wanted.id`))
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(
      gt(sessions.absoluteExpiresAt, sql.param(sql.placeholder('now'), sessions.absoluteExpiresAt)),
    )
    .prepare('sessions_with_users'),
)

/** Null when unknown or past the absolute limit; the idle limit is for the caller to check. */
export const findSessionWithUser = batched(async (db, ids: readonly string[]) => {
  const rows = await sessionsWithUsers(db).execute({ ids: [...new Set(ids)], now: new Date() })
  return alignByKey(ids, rows, ({ session }) => session.id)
})

/** Null where it has ended. */
export async function findSession(
  db: Queryable,
  id: string,
  now: Date,
): Promise<SessionRow | null> {
  const isLive = and(eq(sessions.id, id), gt(sessions.expiresAt, now))
  const [row] = await db.select().from(sessions).where(isLive)
  return row ?? null
}

/** Newest first, without those past the absolute limit; the idle limit is for the caller to check. */
export async function listSessions(db: Queryable, userId: string): Promise<SessionRow[]> {
  return db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), gt(sessions.absoluteExpiresAt, new Date())))
    .orderBy(desc(sessions.createdAt), desc(sessions.id))
}

export async function insertSession(db: Queryable, row: SessionRow): Promise<void> {
  await db.insert(sessions).values(row)
}

/** Moves the expiry, but never past the absolute limit. */
export async function extendSession(db: Queryable, id: string, expiresAt: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ expiresAt: cappedAt(expiresAt) })
    .where(eq(sessions.id, id))
}

type Renewal = Pick<SessionRow, 'id' | 'lastSeenAt' | 'expiresAt' | 'ip' | 'userAgent'>

/**
 * Puts a live session under another id; null where it has ended. One statement on one row: what ends the session at
 * the same moment ends it before, or finds it by its person after.
 */
export async function rotateSession(
  db: Queryable,
  id: string,
  { expiresAt, ...renewal }: Renewal,
): Promise<SessionRow | null> {
  const [row] = await db
    .update(sessions)
    .set({ ...renewal, expiresAt: cappedAt(expiresAt) })
    .where(and(eq(sessions.id, id), gt(sessions.expiresAt, renewal.lastSeenAt)))
    .returning()
  return row ?? null
}

const cappedAt = (expiresAt: Date) =>
  sql`least(${sql.param(expiresAt, sessions.expiresAt)}, ${sessions.absoluteExpiresAt})`

/** Sets last seen to `now`, unless a request since `since` did so already. */
export async function touchSession(
  db: Queryable,
  id: string,
  now: Date,
  since: Date,
): Promise<void> {
  await db
    .update(sessions)
    .set({ lastSeenAt: now })
    .where(and(eq(sessions.id, id), lte(sessions.lastSeenAt, since)))
}

export async function confirmSession(db: Queryable, id: string, now: Date): Promise<void> {
  await db.update(sessions).set({ authenticatedAt: now }).where(eq(sessions.id, id))
}

/** Whether there was one, of this person where one is given. */
export async function deleteSession(db: Queryable, id: string, userId?: string): Promise<boolean> {
  const ofPerson = userId === undefined ? undefined : eq(sessions.userId, userId)
  const deleted = await db.delete(sessions).where(and(eq(sessions.id, id), ofPerson))
  return deleted.count > 0
}

/** How many were deleted. */
export async function deleteUserSessions(
  db: Queryable,
  userId: string,
  except?: string,
): Promise<number> {
  const spared = except === undefined ? undefined : ne(sessions.id, except)
  const deleted = await db.delete(sessions).where(and(eq(sessions.userId, userId), spared))
  return deleted.count
}

/** How many were deleted. */
export function deleteExpiredSessions(db: Queryable, now: Date): Promise<number> {
  return deleteInBatches(db, sessions, lte(sessions.expiresAt, now))
}
