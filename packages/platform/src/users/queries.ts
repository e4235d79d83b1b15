import { thumbnailUrl } from '@galley/contract/platform/media'
import type { Byline, ListUsers } from '@galley/contract/platform/users'
import type { Queryable } from '@galley/db/client'
import { formerUsernames, sessions, totpCredentials, users } from '@galley/db/schema'
import { and, eq, gt, inArray, isNotNull, max, or, sql, type SQL } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { beginsWith } from '../rows.ts'
import { comesAfter, inOrder, type SortedStart } from '../order.ts'
import { AppError } from '../errors.ts'

/** What a byline is made of. */
export const bylineColumns = {
  username: users.username,
  displayName: users.displayName,
  avatarMediaId: users.avatarMediaId,
}

/** A person as a byline shows them. */
export const toByline = ({
  username,
  displayName,
  avatarMediaId,
}: Pick<UserRow, keyof typeof bylineColumns>): Byline => ({
  username,
  displayName,
  avatarUrl: avatarMediaId && thumbnailUrl(avatarMediaId),
})

export type UserRow = typeof users.$inferSelect

/** Throws `user/not-found`, also for somebody whose address was never verified: they are not public yet. */
export async function getUserByUsername(db: Queryable, username: string): Promise<UserRow> {
  const isPublic = and(eq(users.username, username), isNotNull(users.emailVerifiedAt))
  const [row] = await db.select().from(users).where(isPublic)
  if (!row) throw new AppError('user/not-found')
  return row
}

/** The username by now of whoever had this one; null where nobody had, or another person has it today. */
export async function findUsernameAfter(db: Queryable, former: string): Promise<string | null> {
  const [row] = await db
    .select({ username: users.username })
    .from(formerUsernames)
    .innerJoin(users, eq(users.id, formerUsernames.userId))
    .where(eq(formerUsernames.username, former))
  return row?.username ?? null
}

/** Those of the names that nobody new may take: people have them, or had them less than a year ago, as the triggers decide. */
export async function findTakenUsernames(
  db: Queryable,
  names: readonly string[],
): Promise<Set<string>> {
  const lately = gt(formerUsernames.createdAt, sql`now() - interval '1 year'`)
  const rows = await unionAll(
    db
      .select({ username: users.username })
      .from(users)
      .where(inArray(users.username, [...names])),
    db
      .select({ username: formerUsernames.username })
      .from(formerUsernames)
      .where(and(inArray(formerUsernames.username, [...names]), lately)),
  )
  return new Set(rows.map(({ username }) => username))
}

export async function findUserByEmail(db: Queryable, email: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.email, email))
  return row ?? null
}

export async function findUserById(db: Queryable, id: string): Promise<UserRow | null> {
  const [row] = await db.select().from(users).where(eq(users.id, id))
  return row ?? null
}

const select = (db: Queryable) => {
  const lastSeen = db
    .select({ at: max(sessions.lastSeenAt) })
    .from(sessions)
    .where(eq(sessions.userId, users.id))
  return db
    .select({
      id: users.id,
      ...bylineColumns,
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      role: users.role,
      status: users.status,
      createdAt: users.createdAt,
      // Of `exists` the planner would make a table of all who have one.
      secondFactor: sql<boolean>`(select ${totpCredentials.confirmedAt} from ${totpCredentials}
        where ${totpCredentials.userId} = ${users.id}) is not null`,
      lastSeenAt: sql<Date | null>`(${lastSeen})`.mapWith(sessions.lastSeenAt),
    })
    .from(users)
}

export type ManagedRow = Awaited<ReturnType<typeof listManagedUsers>>[number]

/** Those who fulfil the condition. */
export const listManagedUsers = (
  db: Queryable,
  isWanted: SQL | undefined,
  { order, after, offset, limit }: SortedStart,
) =>
  select(db)
    .where(and(isWanted, comesAfter(order, after)))
    .orderBy(...inOrder(order))
    .offset(offset)
    .limit(limit)

/** The condition of the people who have all that is wanted. */
export function passes({ query, role, status }: ListUsers): SQL | undefined {
  const beginning = query?.toLowerCase()
  return and(
    beginning
      ? or(
          beginsWith(users.username, beginning),
          beginsWith(users.email, beginning),
          beginsWith(sql`lower(${users.displayName})`, beginning),
        )
      : undefined,
    role && eq(users.role, role),
    status && eq(users.status, status),
  )
}

export async function findManagedUser(db: Queryable, id: string): Promise<ManagedRow | null> {
  const [row] = await select(db).where(eq(users.id, id))
  return row ?? null
}
