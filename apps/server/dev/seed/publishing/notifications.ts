import type { Tx } from '@galley/db/client'
import {
  articles,
  comments,
  follows,
  notifications,
  tagFollows,
  tags,
  users,
} from '@galley/db/schema'
import { asc, desc, eq, gt, ne } from 'drizzle-orm'

type NewNotification = typeof notifications.$inferInsert

const day = 24 * 60 * 60 * 1000

/**
 * What the people of the demonstration were told of, most of it read, so that the jobs that react to the same have nothing
 * left to tell. Nothing is mailed.
 */
export async function seedNotifications(tx: Tx): Promise<void> {
  await followTags(tx)
  const all = [...(await ofComments(tx)), ...(await ofFollows(tx)), ...(await ofArticles(tx))]
  const newest = Math.max(...all.map(({ createdAt }) => createdAt?.getTime() ?? 0))
  const isOld = ({ createdAt }: NewNotification) =>
    createdAt !== undefined && createdAt.getTime() < newest - 30 * day
  await tx
    .insert(notifications)
    .values(all.map((one) => ({ ...one, readAt: isOld(one) ? new Date(newest) : null })))
}

const shown = { inApp: true, email: 'off' } as const

async function ofComments(tx: Tx): Promise<NewNotification[]> {
  const rows = await tx
    .select({
      id: comments.id,
      articleId: comments.articleId,
      actorId: comments.authorId,
      createdAt: comments.createdAt,
      userId: articles.authorId,
    })
    .from(comments)
    .innerJoin(articles, eq(articles.id, comments.articleId))
    .where(ne(comments.authorId, articles.authorId))
    .orderBy(asc(comments.id))
  return rows.map(({ id, articleId, ...row }) => ({
    ...row,
    ...shown,
    kind: 'comment',
    key: id,
    subjectKind: 'comment',
    subjectId: id,
    contextId: articleId,
  }))
}

async function ofFollows(tx: Tx): Promise<NewNotification[]> {
  const rows = await tx.select().from(follows).orderBy(asc(follows.followerId))
  return rows.map(({ followerId, followedId, createdAt }) => ({
    ...shown,
    userId: followedId,
    actorId: followerId,
    kind: 'follow',
    key: followerId,
    subjectKind: 'person',
    subjectId: followerId,
    createdAt,
  }))
}

/** Of the newest articles, and of how many liked them the day after. */
async function ofArticles(tx: Tx): Promise<NewNotification[]> {
  const newest = await tx
    .select()
    .from(articles)
    .where(eq(articles.status, 'published'))
    .orderBy(desc(articles.publishedAt))
    .limit(12)
  const followers = await tx.select().from(follows)
  return newest.flatMap(({ id, authorId, publishedAt, favouriteCount }) => {
    const about = { ...shown, subjectKind: 'article', subjectId: id }
    const published = followers
      .filter(({ followedId }) => followedId === authorId)
      .map(({ followerId }) => ({
        ...about,
        userId: followerId,
        actorId: authorId,
        kind: 'published',
        key: id,
        createdAt: publishedAt ?? undefined,
      }))
    if (!publishedAt || favouriteCount < 2) return published
    const createdAt = new Date(publishedAt.getTime() + 2 * day)
    const liked = {
      ...about,
      userId: authorId,
      kind: 'favourites',
      key: `${id}:${publishedAt.toISOString().slice(0, 10)}`,
      data: { count: favouriteCount },
      createdAt,
    }
    return [...published, liked]
  })
}

/** Everybody follows one of the busiest tags. */
async function followTags(tx: Tx) {
  const busiest = await tx
    .select({ id: tags.id })
    .from(tags)
    .where(gt(tags.articleCount, 0))
    .orderBy(desc(tags.articleCount), asc(tags.slug))
    .limit(5)
  const people = await tx.select({ id: users.id }).from(users).orderBy(asc(users.id))
  const values = people.flatMap(({ id: userId }, n) => {
    const tag = busiest[n % busiest.length]
    return tag ? [{ userId, tagId: tag.id }] : []
  })
  await tx.insert(tagFollows).values(values)
}
