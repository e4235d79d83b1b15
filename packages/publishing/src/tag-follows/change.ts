import type { FollowTag, TagFollowView } from '@galley/contract/publishing/engagement'
import type { Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { tagFollows, tags } from '@galley/db/schema'
import { singleStatement } from '@galley/db/transaction'
import { canAct } from '@galley/platform/actor'
import { AppError, authorize } from '@galley/platform/errors'
import { and, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'

/** The caller is told of new articles of a tag from now on. */
export const createTagFollow = (ctx: AuthedCtx, input: FollowTag): Promise<TagFollowView> =>
  change(ctx, input, true)

/** The caller no longer follows a tag. */
export const deleteTagFollow = (ctx: AuthedCtx, input: FollowTag): Promise<TagFollowView> =>
  change(ctx, input, false)

/** Whether the caller follows a tag that published articles carry, and how many do. */
export async function getTagFollow(ctx: AuthedCtx, { slug }: FollowTag): Promise<TagFollowView> {
  const [row] = await ctx.db
    .select({
      followerCount: ctx.db.$count(tagFollows, eq(tagFollows.tagId, tags.id)),
      following: sql<boolean>`exists (select 1 from ${tagFollows}
        where ${tagFollows.tagId} = ${tags.id} and ${tagFollows.userId} = ${ctx.actor.user.id}::uuid)`,
    })
    .from(tags)
    .where(and(eq(tags.slug, slug), isUsed))
  if (!row) throw new AppError('tag/not-found')
  return { slug, ...row }
}

async function change(
  ctx: AuthedCtx,
  { slug }: FollowTag,
  following: boolean,
): Promise<TagFollowView> {
  authorize(canAct(ctx.actor))
  const values = { slug, userId: ctx.actor.user.id, createdAt: ctx.now().toISOString() }
  const statement = following ? addTagFollow : removeTagFollow
  const [row] = await singleStatement(ctx.db, (db) => statement(db).execute(values))
  if (!row) throw new AppError('tag/not-found')
  return { slug, following, followerCount: row.followerCount }
}

const addTagFollow = prepared((db) => {
  const tag = tagOf(db, isUsed)
  const added = db.$with('changed').as(
    db
      .insert(tagFollows)
      .select(
        db
          .select({
            userId: sql`${sql.placeholder('userId')}::uuid`.as('user_id'),
            tagId: tag.id,
            createdAt: sql`${sql.placeholder('createdAt')}::timestamptz`.as('created_at'),
          })
          .from(tag),
      )
      .onConflictDoNothing()
      .returning({ tagId: tagFollows.tagId }),
  )
  return db
    .with(tag, added)
    .select({
      followerCount: sql<number>`(${followersOf(db, tag)} + (select count(*) from ${added}))::int`,
    })
    .from(tag)
    .prepare('add_tag_follow')
})

// One that no published article carries any longer too.
const removeTagFollow = prepared((db) => {
  const tag = tagOf(db)
  const removed = db.$with('changed').as(
    db
      .delete(tagFollows)
      .where(
        and(
          eq(tagFollows.userId, sql.placeholder('userId')),
          eq(tagFollows.tagId, sql`(select ${tag.id} from ${tag})`),
        ),
      )
      .returning({ tagId: tagFollows.tagId }),
  )
  return db
    .with(tag, removed)
    .select({
      followerCount: sql<number>`(${followersOf(db, tag)} - (select count(*) from ${removed}))::int`,
    })
    .from(tag)
    .prepare('remove_tag_follow')
})

const isUsed = gt(tags.articleCount, 0)

const tagOf = (db: Queryable, isWanted?: SQL) =>
  db.$with('tag').as(
    db
      .select({ id: tags.id })
      .from(tags)
      .where(and(eq(tags.slug, sql.placeholder('slug')), isWanted)),
  )

/** As they were before the statement. */
const followersOf = (db: Queryable, tag: ReturnType<typeof tagOf>) =>
  sql`(${db
    .select({ count: sql`count(*)` })
    .from(tagFollows)
    .where(eq(tagFollows.tagId, tag.id))})`
