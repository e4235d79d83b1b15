import { articles, favourites } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { notify, type Notice } from '@galley/platform/notifications/notify'
import { and, eq, gt, gte, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { isPublished, writerIds } from '../articles/queries.ts'
import type { Ctx } from '../ctx.ts'

/** Several times a day, so that a day is not lost to a worker that was down: the count of a day is told once. */
export const tellOfFavourites: JobDefinition<Record<string, never>> = {
  name: 'favourites.tell-of-favourites',
  payload: z.strictObject({}),
  cron: '10 */6 * * *',
  timeoutSeconds: 10 * 60,
}

const ARTICLES_AT_ONCE = 500
const DAY_MS = 86_400_000

/** Tells writers how many made each of their articles a favourite yesterday, by the day of UTC. */
export async function notifyOfFavourites(ctx: Ctx): Promise<void> {
  const today = new Date(Math.floor(ctx.now().getTime() / DAY_MS) * DAY_MS)
  const yesterday = new Date(today.getTime() - DAY_MS)
  for (let after: string | undefined; ;) {
    const counted = await countOfDay(ctx, { from: yesterday, to: today, after })
    await transact(ctx, (tx) =>
      notify(
        ctx,
        tx,
        counted.flatMap((row) => toNotices(row, yesterday)),
      ),
    )
    after = counted.at(-1)?.articleId
    if (counted.length < ARTICLES_AT_ONCE) return
  }
}

type Day = { from: Date; to: Date; after: string | undefined }
type Counted = Awaited<ReturnType<typeof countOfDay>>[number]

/** Without those of the writers' own. */
const countOfDay = (ctx: Ctx, { from, to, after }: Day) =>
  ctx.db
    .select({
      articleId: favourites.articleId,
      writerIds,
      count: sql<number>`count(*)::int`,
      first: sql<string>`min(${favourites.userId}::text)`,
    })
    .from(favourites)
    .innerJoin(articles, eq(articles.id, favourites.articleId))
    .where(
      and(
        gte(favourites.createdAt, from),
        lt(favourites.createdAt, to),
        sql`${favourites.userId} <> all(${writerIds})`,
        isPublished,
        after === undefined ? undefined : gt(favourites.articleId, after),
      ),
    )
    .groupBy(favourites.articleId, articles.id)
    .orderBy(favourites.articleId)
    .limit(ARTICLES_AT_ONCE)

const toNotices = ({ articleId, writerIds: ids, count, first }: Counted, day: Date): Notice[] =>
  ids.map((userId) => ({
    userId,
    kind: 'favourites',
    key: `${articleId}:${day.toISOString().slice(0, 10)}`,
    actorId: count === 1 ? first : null,
    subject: { kind: 'article', id: articleId },
    data: { count },
  }))
