import { MAX_TOTAL } from '@galley/contract/primitives'
import { MAX_AUTHORS } from '@galley/contract/publishing/co-authors'
import { MAX_TAGS } from '@galley/contract/publishing/tags'
import type { Db } from '@galley/db/client'
import { articleAuthors, articles, articleTags, follows, tagFollows, tags } from '@galley/db/schema'
import { countListed } from '@galley/platform/count-listed'
import { and, count, eq, isNotNull, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/pg-core'
import { carriesToo, isWrittenBy } from './published-places.ts'
import { isPublished } from './queries.ts'

type Counted = { tag?: string | undefined; author?: string | undefined; followedBy?: string }

/**
 * How many articles of a tag, of an author, of both, or of the people and tags that a person follows are published, off indexes alone:
 * the articles, which are wide, are not read.
 */
export async function countPublished(
  db: Db,
  { tag, author: username, followedBy }: Counted,
): Promise<number> {
  if (followedBy !== undefined) return countFollowed(db, followedBy)
  if (username !== undefined) {
    const isTagged = tag === undefined ? undefined : carriesToo(db, tag)
    return countListed(db, articleAuthors, and(isWrittenBy(db, username), isTagged))
  }
  return tag === undefined ? countListed(db, articles, isPublished) : countTagged(db, tag)
}

async function countTagged(db: Db, slug: string): Promise<number> {
  const [tag] = await db.select({ count: tags.articleCount }).from(tags).where(eq(tags.slug, slug))
  return tag?.count ?? 0
}

/** How often an article may be in what one person follows: by each of its authors and tags. */
const TIMES = MAX_AUTHORS + MAX_TAGS

/** Reads twice as many entries as a total counts, and all that it may take where these hold the same articles again and again. */
async function countFollowed(db: Db, followerId: string): Promise<number> {
  const entries = 2 * MAX_TOTAL
  const first = await countEntries(db, followerId, entries)
  if (first.entries < entries || first.articles > MAX_TOTAL) return first.articles
  return (await countEntries(db, followerId, TIMES * MAX_TOTAL + 1)).articles
}

async function countEntries(db: Db, followerId: string, limit: number) {
  const read = unionAll(
    db
      .select({ id: articleAuthors.articleId })
      .from(follows)
      .innerJoin(articleAuthors, eq(articleAuthors.userId, follows.followedId))
      .where(and(eq(follows.followerId, followerId), isNotNull(articleAuthors.publishedAt))),
    db
      .select({ id: articleTags.articleId })
      .from(tagFollows)
      .innerJoin(articleTags, eq(articleTags.tagId, tagFollows.tagId))
      .where(and(eq(tagFollows.userId, followerId), isNotNull(articleTags.publishedAt))),
  )
    .limit(limit)
    .as('read')
  const each = db
    .select({ times: count().as('times') })
    .from(read)
    .groupBy(read.id)
    .as('each')
  const entries = sql<number>`coalesce(sum(${each.times}), 0)`.mapWith(Number)
  const [counted] = await db.select({ articles: count(), entries }).from(each)
  return counted ?? { articles: 0, entries: 0 }
}
