import type { ArticleById, ArticlesAround } from '@galley/contract/publishing/articles'
import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, articleTags, articleSearch, tags, users } from '@galley/db/schema'
import { viewerId } from '@galley/platform/ctx'
import { AppError } from '@galley/platform/errors'
import { desc, eq, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import { isPublished, summaryColumns, type Viewer } from './queries.ts'
import { toArticleSummary } from './view.ts'

/** How many related articles there are at most. */
const RELATED = 4
/** So many of each tag are looked at, the newest. */
const OF_TAG = 50
/** So many words of title and description are looked for: those of the title first, long ones before short ones. */
const WORDS = 12
/** A word of more articles says little of what they are about. */
const RARE = 100
/** One shared word counts less where twenty articles have it. */
const LEAST = 0.25

/** What was published before and after an article that is published, and what is about the same. */
export async function getArticlesAround(ctx: Ctx, { id }: ArticleById): Promise<ArticlesAround> {
  const rows = await findAround(ctx.db, { id, viewer: viewerId(ctx.actor) })
  const as = (role: Role) => rows.filter((row) => row.role === role).map(toArticleSummary)
  if (as('this').length === 0) throw new AppError('article/not-found')
  return {
    previous: as('previous')[0] ?? null,
    next: as('next')[0] ?? null,
    related: as('related'),
  }
}

type Role = 'this' | 'previous' | 'next' | 'related'

const findAround = (db: Db, values: Viewer & ArticleById) =>
  (values.viewer === null ? forAnyone : forViewer)(db).execute(values)

const forAnyone = preparedAround('articles_around', false)
const forViewer = preparedAround('articles_around_viewer', true)

/** One statement. The rows that it reads are bounded, however many articles there are. */
function preparedAround(name: string, hasViewer: boolean) {
  return prepared((db) =>
    db
      .select({
        role: sql<Role>`found.role`,
        ...summaryColumns(hasViewer ? sql`${sql.placeholder('viewer')}::uuid` : null),
      })
      .from(sql`(${found}) as found`)
      .innerJoin(articles, eq(articles.id, sql`found.id`))
      .innerJoin(users, eq(users.id, articles.authorId))
      .where(isPublished)
      .orderBy(desc(sql`found.score`), desc(articles.publishedAt), desc(articles.id))
      .prepare(name),
  )
}

const neighbour = (isBeyond: '<' | '>', order: 'asc' | 'desc') => sql`
  select a.id from ${articles} a
  where a.status = 'published' and (a.published_at, a.id) ${sql.raw(isBeyond)} (this.published_at, this.id)
  order by a.published_at ${sql.raw(order)}, a.id ${sql.raw(order)} limit 1`

/** The newest of each tag; a tag counts more the fewer articles carry it. */
const tagged = sql`
  select newest.article_id as id, greatest(${LEAST}, 2 / (1 + ln(greatest(t.article_count, 1)))) as score
  from this join ${articleTags} own on own.article_id = this.id join ${tags} t on t.id = own.tag_id
  cross join lateral (
    select x.article_id from ${articleTags} x where x.tag_id = own.tag_id and x.published_at is not null
    order by x.published_at desc, x.article_id desc limit ${OF_TAG + 1}
  ) newest`

/** The words of too many articles, as far as PostgreSQL's statistics know them: the index reads of each where all of these are. */
const common = sql`
  select counted.word from pg_stats s join pg_class c on c.oid = 'public.article_search'::regclass
  cross join lateral unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) as counted (word, share)
  where s.schemaname = 'public' and s.tablename = 'article_search' and s.attname = 'head'
    and counted.word is not null and counted.share * c.reltuples > ${RARE}`

/** What has a rare word of title or description in its own; stems, without the words that a language leaves out. */
const worded = sql`
  select sharing.article_id as id, 1 / (1 + ln(sharing.articles)) as score
  from (
    select word.lexeme from this join ${articleSearch} s on s.article_id = this.id
    cross join lateral unnest(setweight(to_tsvector(s.config::regconfig, search_words(this.title, true)), 'A')
      || to_tsvector(s.config::regconfig, search_words(this.description, true))) as word
    where word.lexeme not in (${common})
    order by 'A' = any (word.weights) desc, length(word.lexeme) desc, word.lexeme limit ${WORDS}
  ) words
  cross join lateral (
    select few.article_id, count(*) over () as articles from (
      select s.article_id from ${articleSearch} s
      where s.head @@ quote_literal(words.lexeme)::tsquery and s.status = 'published' limit ${RARE + 1}
    ) few
  ) sharing
  where sharing.articles <= ${RARE}`

const found = sql`
  with this as materialized (
    select a.id, a.published_at, a.title, a.description from ${articles} a
    where a.id = ${sql.placeholder('id')}::uuid and a.status = 'published'
  ),
  alike as (
    select id, round(sum(score)::numeric, 3) as score from (${tagged} union all ${worded}) shared
    where id <> (select id from this) group by id
  )
  select 'this' as role, id, 0 as score from this
  union all select 'previous', near.id, 0 from this cross join lateral (${neighbour('<', 'desc')}) near
  union all select 'next', near.id, 0 from this cross join lateral (${neighbour('>', 'asc')}) near
  union all select 'related', id, score from (
    select alike.id, alike.score from alike join ${articles} a on a.id = alike.id
    where a.status = 'published' and alike.score >= ${LEAST}
    order by alike.score desc, a.published_at desc, a.id desc limit ${RELATED}
  ) related`
