import type { FollowUser, FollowView } from '@galley/contract/publishing/engagement'
import type { Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { follows, users } from '@galley/db/schema'
import { singleStatement } from '@galley/db/transaction'
import { AppError, authorize, isAllowed } from '@galley/platform/errors'
import { emitFound, withEvent } from '@galley/platform/events/emit'
import { getUserByUsername } from '@galley/platform/users/queries'
import { and, eq, isNotNull, ne, sql } from 'drizzle-orm'
import type { AuthedCtx, Ctx } from '../ctx.ts'
import { canFollow } from './policy.ts'

/** The caller follows a person from now on. */
export const createFollow = (ctx: AuthedCtx, input: FollowUser): Promise<FollowView> =>
  change(ctx, input, true)

/** The caller no longer follows a person. */
export const deleteFollow = (ctx: AuthedCtx, input: FollowUser): Promise<FollowView> =>
  change(ctx, input, false)

async function change(
  ctx: AuthedCtx,
  { username }: FollowUser,
  following: boolean,
): Promise<FollowView> {
  const followerId = ctx.actor.user.id
  const values = { username, followerId, createdAt: ctx.now().toISOString() }
  const change = following ? add : remove
  const row = isAllowed(canFollow(ctx.actor, somebody)) ? await change(ctx, values) : undefined
  if (row) return { username, following, followerCount: row.followerCount }
  // Why not is looked up only then.
  authorize(canFollow(ctx.actor, await getUserByUsername(ctx.db, username)))
  // They became public this very moment.
  throw new AppError('user/not-found')
}

type Values = { username: string; followerId: string; createdAt: string }

const add = async (ctx: AuthedCtx, values: Values) => {
  const { followerId } = values
  return emitFound(
    ctx,
    'follow.created',
    async (db, event) => (await addFollow(db).execute({ ...values, ...event }))[0],
    (row) => (row?.followedId ? { followerId, followedId: row.followedId } : null),
  )
}

const remove = async (ctx: AuthedCtx, values: Values) => {
  const [row] = await singleStatement(ctx.db, (db) => removeFollow(db).execute(values))
  return row
}

/** Who is not the caller. */
const somebody = { id: '' }

const addFollow = prepared((db) => {
  const person = otherPerson(db)
  const added = db.$with('changed').as(
    db
      .insert(follows)
      .select(
        db
          .select({
            followerId: sql`${sql.placeholder('followerId')}::uuid`.as('follower_id'),
            followedId: person.id,
            createdAt: sql`${sql.placeholder('createdAt')}::timestamptz`.as('created_at'),
          })
          .from(person),
      )
      .onConflictDoNothing()
      .returning({ followerId: follows.followerId, followedId: follows.followedId }),
  )
  const payload = sql`jsonb_build_object('followerId', follower_id, 'followedId', followed_id)`
  return db
    .with(person, added, withEvent(db, added, payload))
    .select({
      followerCount: sql<number>`(${followersOf(db, person)} + (select count(*) from ${added}))::int`,
      /** Null where the caller followed them already. */
      followedId: sql<string | null>`(select followed_id from ${added})`,
    })
    .from(person)
    .prepare('add_follow')
})

const removeFollow = prepared((db) => {
  const person = otherPerson(db)
  const removed = db.$with('changed').as(
    db
      .delete(follows)
      .where(
        and(
          eq(follows.followerId, sql.placeholder('followerId')),
          eq(follows.followedId, sql`(select ${person.id} from ${person})`),
        ),
      )
      .returning({ followedId: follows.followedId }),
  )
  return db
    .with(person, removed)
    .select({
      followerCount: sql<number>`(${followersOf(db, person)} - (select count(*) from ${removed}))::int`,
    })
    .from(person)
    .prepare('remove_follow')
})

/** Public, and not the caller. */
const otherPerson = (db: Queryable) =>
  db.$with('person').as(
    db
      .select({ id: users.id })
      .from(users)
      .where(
        and(
          eq(users.username, sql.placeholder('username')),
          isNotNull(users.emailVerifiedAt),
          ne(users.id, sql.placeholder('followerId')),
        ),
      ),
  )

/** As they were before the statement. */
const followersOf = (db: Queryable, person: ReturnType<typeof otherPerson>) =>
  sql`(${db
    .select({ count: sql`count(*)` })
    .from(follows)
    .where(eq(follows.followedId, person.id))})`

/** Whether the caller may follow a person whom another slice has read. */
export const isFollowable = (ctx: Ctx, person: { id: string }) =>
  isAllowed(canFollow(ctx.actor, person))
