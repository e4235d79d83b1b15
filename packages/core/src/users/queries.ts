import type { Queryable } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { AppError } from '../errors.ts'

export type UserRow = typeof users.$inferSelect

/** Throws `user/not-found`. */
export async function getUserByUsername(db: Queryable, username: string): Promise<UserRow> {
  const [row] = await db.select().from(users).where(eq(users.username, username))
  if (!row) throw new AppError('user/not-found')
  return row
}
