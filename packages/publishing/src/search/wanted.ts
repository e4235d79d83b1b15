import type { ArticleStatus } from '@galley/contract/publishing/articles'
import type { SearchOrder } from '@galley/contract/publishing/search'
import { articleAuthors, articles, users } from '@galley/db/schema'
import { sql, type SQL } from 'drizzle-orm'

/** What a search asks of the index; null is any. */
export type Wanted = {
  q: string
  last: string | null
  status: ArticleStatus
  viewer: string | null
  /** Whether what others have not published is among what the viewer may see. */
  seesAllDrafts: boolean
  tag: string | null
  author: string | null
  from: string | null
  before: string | null
  language: string | null
}

export type Window = {
  sort: SearchOrder
  /** The place, as the database reads it, and the id of the last row before. */
  after: { place: string; id: string } | null
  offset: number
  limit: number
  /** How much of each text is read to find an excerpt in. */
  textLength: number
}

export const narrows = ({ status, tag, author, from, before, language }: Wanted) =>
  status !== 'published' || [tag, author, from, before, language].some((each) => each !== null)

export const param = (name: keyof Wanted | keyof Window | 'afterPlace' | 'afterId', type: string) =>
  sql`${sql.placeholder(name)}::${sql.raw(type)}`

/** Part of the statement: for a limit that it does not know PostgreSQL plans otherwise. */
export const written = (value: number) => sql.raw(String(value))

/** In how many of the newest, or most favoured, a phrase is looked for. */
export const LOOKED_THROUGH = 1000

/** How many that several people wrote are found by the name of one. */
const WRITTEN_ALONG = 1000

/** Articles have their author in the index; which others a person wrote along is looked up once, where the search is a name. */
export const queries = sql`wanted as materialized (
  select *, case when people <> '{}' then array(
    select a.id from ${articles} a where a.byline_ids <> '{}' and a.byline_ids && people order by a.id desc limit ${written(WRITTEN_ALONG)}
  ) end as along from search_queries(${param('q', 'text')}, ${param('last', 'text')})
)`

export const isOfPeople = sql`(s.author_id = any ((select people from wanted)::uuid[]) or s.article_id = any ((select along from wanted)::uuid[]))`
export const matchesWidely = sql`((s.head || s.body) @@ (select wide from wanted) or ${isOfPeople})`
export const matches = sql`((s.head || s.body) @@ (select exact from wanted) or ${isOfPeople})`
export const headMatches = sql`(s.head @@ (select wide from wanted) or ${isOfPeople})`

/** Most articles have one author, whom the index knows itself. */
const isWrittenBy = (id: SQL) => sql`(s.author_id = ${id} or exists (select 1 from ${articleAuthors}
  where ${articleAuthors.articleId} = s.article_id and ${articleAuthors.userId} = ${id} and ${articleAuthors.acceptedAt} is not null))`

export const isPublished = sql`s.status = 'published'`
// Without filters a statement of its own: one that has them all, and most as null, PostgreSQL plans again at each search.
export const passes = (isNarrowed: boolean) => (isNarrowed ? filters : isPublished)

export const filters = sql`s.status = ${param('status', 'text')}
  and (s.status = 'published' or ${param('seesAllDrafts', 'boolean')} or ${isWrittenBy(param('viewer', 'uuid'))})
  and (${param('tag', 'text')} is null or ${param('tag', 'text')} = any (s.tag_slugs))
  and (${param('author', 'text')} is null or ${isWrittenBy(sql`(select id from ${users} where username = ${param('author', 'text')})`)})
  and (${param('from', 'timestamptz')} is null or s.at >= ${param('from', 'timestamptz')})
  and (${param('before', 'timestamptz')} is null or s.at < ${param('before', 'timestamptz')})
  and (${param('language', 'text')} is null or s.language = ${param('language', 'text')}
    or starts_with(s.language, ${param('language', 'text')} || '-'))`
