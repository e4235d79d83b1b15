import type { FavouriteArticle, FavouriteView } from '@galley/contract/publishing/engagement'
import type { Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, favourites } from '@galley/db/schema'
import { singleStatement } from '@galley/db/transaction'
import { and, eq, sql } from 'drizzle-orm'
import { respondToArticle } from '../articles/find.ts'
import { isPublished } from '../articles/queries.ts'
import type { AuthedCtx } from '../ctx.ts'

/** Adds an article to the caller's favourites. */
export const createFavourite = (ctx: AuthedCtx, input: FavouriteArticle): Promise<FavouriteView> =>
  change(ctx, input, true)

/** Takes an article from the caller's favourites. */
export const deleteFavourite = (ctx: AuthedCtx, input: FavouriteArticle): Promise<FavouriteView> =>
  change(ctx, input, false)

async function change(
  ctx: AuthedCtx,
  { articleId }: FavouriteArticle,
  favourited: boolean,
): Promise<FavouriteView> {
  const values = { articleId, userId: ctx.actor.user.id, createdAt: ctx.now().toISOString() }
  const statement = favourited ? addFavourite : removeFavourite
  const { favouriteCount } = await respondToArticle(ctx, articleId, () =>
    singleStatement(ctx.db, async (db) => (await statement(db).execute(values))[0] ?? null),
  )
  return { articleId, favourited, favouriteCount }
}

const addFavourite = prepared((db) => {
  const article = lockedArticle(db)
  const added = db.$with('changed').as(
    db
      .insert(favourites)
      .select(
        db
          .select({
            userId: sql`${sql.placeholder('userId')}::uuid`.as('user_id'),
            articleId: article.id,
            createdAt: sql`${sql.placeholder('createdAt')}::timestamptz`.as('created_at'),
          })
          .from(article),
      )
      .onConflictDoNothing()
      .returning({ articleId: favourites.articleId }),
  )
  return db
    .with(article, added)
    .select({
      favouriteCount: counted(sql`${article.favouriteCount} + (select count(*) from ${added})`),
    })
    .from(article)
    .prepare('add_favourite')
})

const removeFavourite = prepared((db) => {
  const article = lockedArticle(db)
  const removed = db.$with('changed').as(
    db
      .delete(favourites)
      .where(
        and(
          eq(favourites.articleId, sql`(select ${article.id} from ${article})`),
          eq(favourites.userId, sql.placeholder('userId')),
        ),
      )
      .returning({ articleId: favourites.articleId }),
  )
  return db
    .with(article, removed)
    .select({
      favouriteCount: counted(sql`${article.favouriteCount} - (select count(*) from ${removed})`),
    })
    .from(article)
    .prepare('remove_favourite')
})

/** Locked before its favourites, as by who deletes it; and the count is exact, since nobody else changes it meanwhile. */
const lockedArticle = (db: Queryable) =>
  db.$with('article').as(
    db
      .select({ id: articles.id, favouriteCount: articles.favouriteCount })
      .from(articles)
      .where(and(eq(articles.id, sql.placeholder('articleId')), isPublished))
      .for('no key update'),
  )

const counted = (count: ReturnType<typeof sql>) => sql<number>`(${count})::int`
