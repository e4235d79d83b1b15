import type { ArticleStatus } from '@galley/contract/publishing/articles'
import type { SearchOrder } from '@galley/contract/publishing/search'
import type { Db, Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articleAuthors, articleDocuments, articles, articleSearch, users } from '@galley/db/schema'
import { desc, eq, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { plannedLimit } from '@galley/platform/order'
import { summaryColumns } from '../articles/queries.ts'

/** How many articles are ranked: the newest whose title, description or tags match, and the newest that match at all. */
const RANKED = 200
/** Among how many of the newest articles the newest of many matches are looked for. */
const RECENT = 5000
/** What the beginning of a word counts, beside the word. */
const HALF_TYPED = sql`0.25`
/** What a word as it is written counts in addition, beside its forms. */
const FORM = sql`0.25`
/** Of text, tags, description and title. */
const weights = sql`'{0.1, 0.3, 0.4, 1}'`
/** In how many of the newest, or most favoured, a phrase is looked for. */
const LOOKED_THROUGH = 1000

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

type Window = {
  sort: SearchOrder
  /** The place, as the database reads it, and the id of the last row before. */
  after: { place: string; id: string } | null
  offset: number
  limit: number
  /** How much of each text is read to find an excerpt in. */
  textLength: number
}

const param = (name: keyof Wanted | keyof Window | 'afterPlace' | 'afterId', type: string) =>
  sql`${sql.placeholder(name)}::${sql.raw(type)}`

const statements = new Map<string, ReturnType<typeof preparedSearch>>()

export type FoundRow = Awaited<
  ReturnType<ReturnType<ReturnType<typeof preparedSearch>>['execute']>
>[number]

/**
 * Whether many articles matched what was searched for lately, so that the newest articles hold all that is ranked; false where many
 * matched and they did not. It chooses between two statements with the same result.
 */
const matchedByMany = new LRUCache<string, boolean>({ max: 5000 })

/** Articles that match, in the order of the sort. One statement: what is searched for is worked out in it. */
export async function findArticles(
  db: Db,
  wanted: Wanted,
  { sort, after, ...window }: Window,
): Promise<FoundRow[]> {
  const isNarrowed = narrows(wanted)
  const isOfMany = sort === 'relevance' && !isNarrowed && matchedByMany.get(wanted.q) === true
  const { limit, suffix } = plannedLimit(window.limit)
  const hasViewer = wanted.viewer !== null
  const name = `search_${sort}_${after ? 'after' : 'first'}_${hasViewer ? 'viewer' : 'anyone'}_${isNarrowed ? 'some' : 'all'}${isOfMany ? '_many' : ''}${suffix}`
  const shape = { sort, goesOn: after !== null, hasViewer, isNarrowed, isOfMany, limit }
  const statement = statements.get(name) ?? preparedSearch(name, shape)
  statements.set(name, statement)
  const rows = await statement(db).execute({
    ...wanted,
    ...window,
    afterPlace: after?.place,
    afterId: after?.id,
  })
  const [first] = rows
  if (first && isOfMany) matchedByMany.set(wanted.q, first.isOfRecent)
  else if (first?.isPartial && sort === 'relevance' && !isNarrowed && !matchedByMany.has(wanted.q))
    matchedByMany.set(wanted.q, true)
  return rows
}

type Shape = {
  sort: SearchOrder
  goesOn: boolean
  hasViewer: boolean
  isNarrowed: boolean
  isOfMany: boolean
  limit: Placeholder
}

const narrows = ({ status, tag, author, from, before, language }: Wanted) =>
  status !== 'published' || [tag, author, from, before, language].some((each) => each !== null)

const preparedSearch = (name: string, { sort, hasViewer, ...shape }: Shape) =>
  prepared((db) =>
    db
      .select({
        ...summaryColumns(hasViewer ? param('viewer', 'uuid') : null),
        status: articles.status,
        config: articleSearch.config,
        text: beginningOfText,
        place: places[sort].read,
        isPartial: sql<boolean>`found.partial`,
        isOfRecent: sql<boolean>`found.of_recent`,
      })
      .from(sql`(${sort === 'relevance' ? ranked(shape) : sorted(sort, shape)}) as found`)
      .innerJoin(articles, eq(articles.id, sql`found.id`))
      .innerJoin(articleSearch, eq(articleSearch.articleId, articles.id))
      .innerJoin(users, eq(users.id, articles.authorId))
      .orderBy(desc(sql`found.place`), desc(articles.id))
      .prepare(name),
  )

/** `left` counts the characters of all of a text, which most need not. */
const beginningOfText = sql<string>`case when octet_length(${articleSearch.content}) <= ${param('textLength', 'int')}
  then ${articleSearch.content} else left(${articleSearch.content}, ${param('textLength', 'int')}) end`

/** Part of the statement: for a limit that it does not know PostgreSQL plans otherwise. */
const written = (value: number) => sql.raw(String(value))

/** By what is sorted, its type, and how it is read as a number. */
const places = {
  relevance: { column: sql`place`, type: 'real', read: sql<number>`found.place` },
  newest: {
    column: sql`s.at`,
    type: 'timestamptz',
    read: sql<number>`(extract(epoch from found.place) * 1000)::float8`,
  },
  favourites: { column: sql`s.favourite_count`, type: 'int', read: sql<number>`found.place` },
} satisfies Record<SearchOrder, { column: SQL; type: string; read: SQL<number> }>

const queries = sql`wanted as materialized (select * from search_queries(${param('q', 'text')}, ${param('last', 'text')}))`

const isOfPeople = sql`s.author_id = any ((select people from wanted)::uuid[])`
const matchesWidely = sql`((s.head || s.body) @@ (select wide from wanted) or ${isOfPeople})`
const matches = sql`((s.head || s.body) @@ (select exact from wanted) or ${isOfPeople})`
const headMatches = sql`(s.head @@ (select wide from wanted) or ${isOfPeople})`

/** Most articles have one author, whom the index knows itself. */
const isWrittenBy = (id: SQL) => sql`(s.author_id = ${id} or exists (select 1 from ${articleAuthors}
  where ${articleAuthors.articleId} = s.article_id and ${articleAuthors.userId} = ${id} and ${articleAuthors.acceptedAt} is not null))`

const passes = (isNarrowed: boolean) => (isNarrowed ? filters : sql`s.status = 'published'`)

const filters = sql`s.status = ${param('status', 'text')}
  and (s.status = 'published' or ${param('seesAllDrafts', 'boolean')} or ${isWrittenBy(param('viewer', 'uuid'))})
  and (${param('tag', 'text')} is null or ${param('tag', 'text')} = any (s.tag_slugs))
  and (${param('author', 'text')} is null or ${isWrittenBy(sql`(select id from ${users} where username = ${param('author', 'text')})`)})
  and (${param('from', 'timestamptz')} is null or s.at >= ${param('from', 'timestamptz')})
  and (${param('before', 'timestamptz')} is null or s.at < ${param('before', 'timestamptz')})
  and (${param('language', 'text')} is null or s.language = ${param('language', 'text')}
    or starts_with(s.language, ${param('language', 'text')} || '-'))`

const comesAfter = (sort: SearchOrder, id: SQL) =>
  sql`(${places[sort].column}, ${id}) < (${param('afterPlace', places[sort].type)}, ${param('afterId', 'uuid')})`

type Parts = Pick<Shape, 'goesOn' | 'isNarrowed' | 'isOfMany' | 'limit'>

/** The newest of what matches is ranked, so that the cost does not grow with the number of matches. */
const ranked = ({ goesOn, isNarrowed, isOfMany, limit }: Parts) => sql`
  with ${queries},
  ${isNarrowed ? newestThatPass : isOfMany ? newestOfMany : allOrNewest},
  ranked as (
    select s.article_id as id, s.config, ((case when ${isOfPeople} then 0.1 else 0 end)
      + coalesce(case when not document @@ own.typed then ${HALF_TYPED} * ts_rank(${weights}, document, own.ranked)
        when own.typed = own.forms then (1 + ${FORM}) * ts_rank(${weights}, document, own.typed)
        else ts_rank(${weights}, document, own.typed) + ${FORM} * ts_rank(${weights}, document, own.forms) end, 0))::real as place
    from documents s
    left join (
      select unnest(configs) as config, unnest(queries) as query, unnest(ranked) as ranked, unnest(typed) as typed, forms from wanted
    ) own on own.config = s.config
    where (select wide = exact from wanted) or document @@ own.query or ${isOfPeople}
  )
  select id, config, place, ${areMore} as partial,
    ${isOfMany ? sufficeFor(sql`recent_texts`, RANKED + 1) : sql`false`} as of_recent from ranked
  ${goesOn ? sql`where ${comesAfter('relevance', sql`id`)}` : sql``}
  order by place desc, id desc limit ${limit} offset ${param('offset', 'int')}`

/** The text is only read of what is shown. */
const candidate = sql`s.article_id, s.author_id, s.at`
const newest = (limit: number) => sql`order by s.at desc, s.article_id desc limit ${written(limit)}`
const found = (name: SQL) => sql`(select count(*) from ${name})`

/** Where no more match than are ranked, those whose titles match are among them. */
const areMore = sql`${found(sql`texts`)} > ${written(RANKED)}`

const ofNewest = sql`select d.* from (
    select article_id from texts union all select article_id from heads where article_id not in (select article_id from texts)
  ) newest join ${articleDocuments} d using (article_id)`

const newestThatPass = sql`
  texts as materialized (
    select ${candidate} from article_search s where ${matchesWidely} and ${filters} ${newest(RANKED + 1)}
  ),
  heads as (
    select ${candidate} from article_search s where ${areMore} and ${headMatches} and ${filters} ${newest(RANKED)}
  ),
  documents as (${ofNewest})`

/** What is found is ranked where it stands. Which are the newest only counts where more match. */
const allOrNewest = sql`
  few as materialized (
    select s.* from ${articleDocuments} s
    where (s.document @@ (select wide from wanted) or ${isOfPeople}) and s.status = 'published' limit ${written(RANKED + 1)}
  ),
  texts as materialized (
    select ${candidate} from article_search s
    where ${found(sql`few`)} > ${written(RANKED)} and ${matchesWidely} and s.status = 'published' ${newest(RANKED + 1)}
  ),
  heads as (
    select ${candidate} from article_search s where ${areMore} and ${headMatches} and s.status = 'published' ${newest(RANKED)}
  ),
  documents as (select * from few where ${found(sql`few`)} <= ${written(RANKED)} union all ${ofNewest})`

// With an end, since of what has one PostgreSQL expects little, and joins the index of times with that of words.
const isRecent = sql`s.at >= (select since from recent) and s.at <= 'infinity'`
const sufficeFor = (name: SQL, count: number) => sql`${found(name)} = ${written(count)}`

/** Looks among the newest articles first, and through all where these hold too few: for what many match. */
const newestOfMany = sql`
  recent as materialized (
    select s.at as since from article_search s where s.status = 'published' order by s.at desc, s.article_id desc offset ${written(RECENT)} limit 1
  ),
  recent_texts as materialized (
    select ${candidate} from article_search s where ${isRecent} and ${matchesWidely} and s.status = 'published' ${newest(RANKED + 1)}
  ),
  texts as materialized (
    select * from recent_texts where ${sufficeFor(sql`recent_texts`, RANKED + 1)}
    union all (select ${candidate} from article_search s
      where not ${sufficeFor(sql`recent_texts`, RANKED + 1)} and ${matchesWidely} and s.status = 'published' ${newest(RANKED + 1)})
  ),
  recent_heads as materialized (
    select ${candidate} from article_search s where ${isRecent} and ${headMatches} and s.status = 'published' ${newest(RANKED)}
  ),
  heads as (
    select * from recent_heads where ${sufficeFor(sql`recent_heads`, RANKED)}
    union all (select ${candidate} from article_search s
      where ${areMore} and not ${sufficeFor(sql`recent_heads`, RANKED)} and ${headMatches} and s.status = 'published' ${newest(RANKED)})
  ),
  documents as (${ofNewest})`

const sorted = (sort: 'newest' | 'favourites', { goesOn, isNarrowed }: Parts) => sql`
  with ${queries},
  candidates as materialized (
    select s.article_id as id, ${places[sort].column} as place from article_search s
    where ${matchesWidely} and ${passes(isNarrowed)} ${goesOn ? sql`and ${comesAfter(sort, sql`s.article_id`)}` : sql``}
    order by ${places[sort].column} desc, s.article_id desc
    limit (select case when wide = exact then ${param('limit', 'int')} + ${param('offset', 'int')} else ${LOOKED_THROUGH} end from wanted)
  )
  select id, place, (select wide <> exact from wanted) and (select count(*) from candidates) >= ${LOOKED_THROUGH} as partial, false as of_recent
  from candidates join article_search s on s.article_id = id where ${matches}
  order by place desc, id desc limit ${param('limit', 'int')} offset ${param('offset', 'int')}`

const counted = prepared((db) =>
  db
    .select({ count: sql<number>`count(*)::int` })
    .from(
      sql`(with ${queries}
        select from (select s.* from article_search s where ${matchesWidely} and ${filters} limit ${3 * LOOKED_THROUGH}) s
        where ${matches} limit ${param('limit', 'int')}) as found`,
    )
    .prepare('search_count'),
)

/** How many articles match, counted up to `limit`. */
export async function countFound(db: Queryable, wanted: Wanted, limit: number): Promise<number> {
  const [row] = await counted(db).execute({ ...wanted, limit })
  return row?.count ?? 0
}
