import type { Db } from '@galley/db/client'
import { follows, users } from '@galley/db/schema'
import { and, desc, eq, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { TimeCursor } from '@galley/platform/cursor'

type Values = {
  personId: string
  viewer: string | null
  after: TimeCursor | null
  limit: number
}

/** Who follows a person, last added first. */
export const listFollowersOf = (db: Db, values: Values) =>
  listPeople(db, values, { of: follows.followedId, shown: follows.followerId })

/** Whom a person follows, last added first. */
export const listFollowedBy = (db: Db, values: Values) =>
  listPeople(db, values, { of: follows.followerId, shown: follows.followedId })

type End = typeof follows.followerId | typeof follows.followedId

const own = alias(follows, 'own')

function listPeople(
  db: Db,
  { personId, viewer, after, limit }: Values,
  { of, shown }: { of: End; shown: End },
) {
  const isBefore =
    after &&
    sql`(${follows.createdAt}, ${shown}) < (${new Date(after[0]).toISOString()}::timestamptz, ${after[1]}::uuid)`
  return db
    .select({
      id: users.id,
      username: users.username,
      displayName: users.displayName,
      bio: users.bio,
      followedAt: follows.createdAt,
      following: sql<boolean>`${own.followerId} is not null`,
    })
    .from(follows)
    .innerJoin(users, eq(users.id, shown))
    .leftJoin(own, and(eq(own.followedId, users.id), eq(own.followerId, sql`${viewer}::uuid`)))
    .where(and(eq(of, personId), isBefore ?? undefined))
    .orderBy(desc(follows.createdAt), desc(shown))
    .limit(limit)
}
