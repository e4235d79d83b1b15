import type { Db, Queryable } from '@galley/db/client'
import { articleAuthors, articles, articleTags, follows, tagFollows, tags } from '@galley/db/schema'
import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import { union } from 'drizzle-orm/pg-core'
import { hasTag, isWrittenBy, ofAuthor } from './published-places.ts'
import { isPublished } from './queries.ts'

type Counted = {
  tag?: string | undefined
  author?: string | undefined
  followedBy?: string
}

/** How many articles of one tag, of one author, of the people and tags that a person follows are published. */
export async function countPublished(
  db: Db,
  { tag, author: username, followedBy }: Counted,
): Promise<number> {
  if (tag !== undefined && username === undefined) return countTagged(db, tag)
  if (username !== undefined && tag === undefined) return countWritten(db, username)
  return db.$count(
    articles,
    and(
      isPublished,
      username === undefined ? undefined : inArray(articles.id, ofAuthor(db, username)),
      tag === undefined ? undefined : hasTag(tag),
      followedBy === undefined ? undefined : inArray(articles.id, ofFollowed(db, followedBy)),
    ),
  )
}

async function countTagged(db: Db, slug: string): Promise<number> {
  const [tag] = await db.select({ count: tags.articleCount }).from(tags).where(eq(tags.slug, slug))
  return tag?.count ?? 0
}

/** Off the index alone: the articles, which are wide, are not read. */
const countWritten = (db: Db, username: string) =>
  db.$count(articleAuthors, isWrittenBy(db, username))

const ofFollowed = (db: Queryable, followerId: string) =>
  union(
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
