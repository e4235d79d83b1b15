import { Id } from '@galley/contract/primitives'
import type { Tx } from '@galley/db/client'
import { articles, articleTags, follows, tagFollows, tags } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { transact } from '@galley/platform/ctx'
import { notify, type Notice } from '@galley/platform/notifications/notify'
import { byId, byTime, comesAfter, inOrder, type Order, reversed } from '@galley/platform/order'
import { and, eq } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { isPublished, writerIds } from './queries.ts'

const Source = z.union([
  z.strictObject({ author: Id }),
  z.strictObject({ tag: Id, slug: z.string() }),
])
type Source = z.output<typeof Source>

const TellFollowers = z.strictObject({
  articleId: Id,
  /** Whose followers are still to be told; missing where the publication itself is what began it. */
  sources: z.array(Source).optional(),
  /** The last follower of the first of them who was told: since when, and who. */
  after: z.tuple([z.iso.datetime(), Id]).optional(),
})
export type TellFollowers = z.output<typeof TellFollowers>

/** Tells some followers of a publication, and leaves the rest to a job of the same kind. */
export const tellFollowers: JobDefinition<TellFollowers> = {
  name: 'articles.tell-followers',
  payload: TellFollowers,
}

/** How many people one job tells. */
export const FOLLOWERS_AT_ONCE = 500

/** An article that was out before is no news, when it is put out again. */
const NEWS_DAYS = 7

/**
 * The job: those who follow the author or a tag of the article are told once, in five statements for so many of them. What
 * was taken back meanwhile nobody hears of.
 */
export function notifyFollowers(ctx: Ctx, payload: TellFollowers): Promise<void> {
  const { articleId } = payload
  return transact(ctx, async (tx) => {
    const article = await findNews(ctx, tx, articleId)
    if (!article) return
    const sources = payload.sources ?? (await sourcesOf(tx, article))
    const [source, ...rest] = sources
    if (!source) return
    const followers = await listFollowersAfter(tx, source, payload.after ?? null)
    const others = followers.filter(({ id }) => !article.writerIds.includes(id))
    await notify(
      ctx,
      tx,
      others.map(({ id }) => toNotice(id, article, source)),
    )
    const last = followers.length === FOLLOWERS_AT_ONCE ? followers.at(-1) : undefined
    if (last) {
      const after: TellFollowers['after'] = [last.since.toISOString(), last.id]
      await ctx.jobs.enqueue(tx, tellFollowers, { articleId, sources, after })
    } else if (rest.length > 0) {
      await ctx.jobs.enqueue(tx, tellFollowers, { articleId, sources: rest })
    }
  })
}

type News = { id: string; authorId: string; writerIds: string[] }

async function findNews(ctx: Ctx, tx: Tx, id: string): Promise<News | null> {
  const [article] = await tx
    .select({
      id: articles.id,
      authorId: articles.authorId,
      writerIds,
      publishedAt: articles.publishedAt,
    })
    .from(articles)
    .where(and(eq(articles.id, id), isPublished))
  const since = ctx.now().getTime() - NEWS_DAYS * 86_400_000
  return article?.publishedAt && article.publishedAt.getTime() >= since ? article : null
}

async function sourcesOf(tx: Tx, article: News): Promise<Source[]> {
  const carried = await tx
    .select({ tag: tags.id, slug: tags.slug })
    .from(articleTags)
    .innerJoin(tags, eq(tags.id, articleTags.tagId))
    .where(eq(articleTags.articleId, article.id))
    .orderBy(articleTags.position)
  return [...article.writerIds.map((author) => ({ author })), ...carried]
}

const toNotice = (userId: string, article: News, source: Source): Notice => ({
  userId,
  kind: 'published',
  actorId: 'author' in source ? source.author : article.authorId,
  subject: { kind: 'article', id: article.id },
  data: 'slug' in source ? { tag: source.slug } : {},
})

type Follower = { id: string; since: Date }

type Place = TellFollowers['after'] | null

function listFollowersAfter(tx: Tx, source: Source, after: Place): Promise<Follower[]> {
  if ('author' in source) {
    const order = newestFirst(follows.createdAt, follows.followerId)
    return tx
      .select({ id: follows.followerId, since: follows.createdAt })
      .from(follows)
      .where(and(eq(follows.followedId, source.author), comesAfter(order, after ?? null)))
      .orderBy(...inOrder(order))
      .limit(FOLLOWERS_AT_ONCE)
  }
  const order = newestFirst(tagFollows.createdAt, tagFollows.userId)
  return tx
    .select({ id: tagFollows.userId, since: tagFollows.createdAt })
    .from(tagFollows)
    .where(and(eq(tagFollows.tagId, source.tag), comesAfter(order, after ?? null)))
    .orderBy(...inOrder(order))
    .limit(FOLLOWERS_AT_ONCE)
}

const newestFirst = (at: PgColumn, id: PgColumn): Order<Follower> =>
  reversed([byTime(at, ({ since }: Follower) => since), byId(id, (row) => row.id)])
