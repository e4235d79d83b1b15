import { MAX_PRESENT, type Place, PRESENT_SECONDS } from '@galley/contract/publishing/presence'
import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articlePresence, articles, users } from '@galley/db/schema'
import { singleStatement } from '@galley/db/transaction'
import { bylineColumns } from '@galley/platform/users/queries'
import { and, asc, eq, gt, ne, sql } from 'drizzle-orm'
import { mayEdit } from '../articles/queries.ts'
import { PRESENCE_CHANNEL } from './signals.ts'

type Page = { articleId: string; userId: string; pageId: string }

/** By the clock of the database: servers whose clocks differ would send each other's people away. */
const oldest = sql`statement_timestamp() - make_interval(secs => ${PRESENT_SECONDS})`

/** Writes down that somebody is there, and notifies all servers where that is new, or they have moved. */
export async function enterArticle(
  db: Db,
  { articleId, userId, pageId, place }: Page & { place: Place | null },
): Promise<void> {
  const where = place && JSON.stringify(place)
  await singleStatement(db, (one) =>
    one.execute(sql`
      with gone as (
        delete from ${articlePresence}
        where article_id = ${articleId} and user_id <> ${userId} and seen_at <= ${oldest}
        returning user_id
      ), before as (
        select place from ${articlePresence}
        where article_id = ${articleId} and user_id = ${userId} and seen_at > ${oldest}
      ), own as (
        insert into ${articlePresence} as was (article_id, user_id, page_id, place, created_at, seen_at)
        values (${articleId}, ${userId}, ${pageId}, ${where}::jsonb, statement_timestamp(), statement_timestamp())
        on conflict (article_id, user_id) do update set page_id = excluded.page_id, place = excluded.place,
          created_at = case when was.seen_at > ${oldest} then was.created_at else excluded.created_at end,
          seen_at = excluded.seen_at
        returning place
      )
      select pg_notify(${PRESENCE_CHANNEL}, ${`${articleId} ${userId}`}) from own
      where exists (select 1 from gone)
        or not exists (select 1 from before where before.place is not distinct from own.place)`),
  )
}

/** Forgets a page, unless its person was heard of from another one since. */
export async function leaveArticle(db: Db, { articleId, userId, pageId }: Page): Promise<void> {
  await singleStatement(db, (one) =>
    one.execute(sql`
      with gone as (
        delete from ${articlePresence}
        where article_id = ${articleId} and user_id = ${userId} and page_id = ${pageId}
        returning user_id
      )
      select pg_notify(${PRESENCE_CHANNEL}, ${`${articleId} ${userId}`}) from gone`),
  )
}

const others = prepared((db) =>
  db
    .select({ person: bylineColumns, place: articlePresence.place })
    .from(articlePresence)
    .innerJoin(users, eq(users.id, articlePresence.userId))
    .innerJoin(articles, eq(articles.id, articlePresence.articleId))
    .where(
      and(
        eq(articlePresence.articleId, sql.placeholder('articleId')),
        ne(articlePresence.userId, sql.placeholder('userId')),
        gt(articlePresence.seenAt, oldest),
        // Who may no more is gone at once.
        mayEdit,
      ),
    )
    .orderBy(asc(articlePresence.createdAt), asc(articlePresence.userId))
    .limit(MAX_PRESENT)
    .prepare('article_presence_others'),
)

/** All who were heard of lately but one person, those who came first at the head. */
export const findOthers = (db: Db, who: Pick<Page, 'articleId' | 'userId'>) =>
  others(db).execute(who)
