import type { Queryable } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { and, eq, isNotNull } from 'drizzle-orm'
import { AppError } from '../errors.ts'

export type UserRow = typeof users.$inferSelect

/** Throws `user/not-found`, also for somebody whose address was never verified: they are not public yet. */
export async function getUserByUsername(db: Queryable, username: string): Promise<UserRow> {
  const isPublic = and(eq(users.username, username), isNotNull(users.emailVerifiedAt))
  const [row] = await db.select().from(users).where(isPublic)
  if (!row) throw new AppError('user/not-found')
  return row
}

export async function findUserByEmail(db: Queryable, email: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email))
  return row ?? null
}

export async function findUserById(db: Queryable, id: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, id))
  return row ?? null
}
