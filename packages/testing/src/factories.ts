import type { Queryable } from '@galley/db/client'
import { users } from '@galley/db/schema'

type NewUser = Partial<typeof users.$inferInsert>

let sequence = 0
const next = () => ++sequence

/** An active author with a username and a verified address of their own. */
export async function insertUser(db: Queryable, values: NewUser = {}) {
  const username = values.username ?? `person-${next()}`
  const row = {
    email: `${username}@example.com`,
    role: 'author' as const,
    displayName: `Person ${username}`,
    emailVerifiedAt: new Date(),
    ...values,
    username,
  }
  const [user] = await db.insert(users).values(row).returning()
  if (!user) throw new Error('The user was not inserted')
  return user
}
