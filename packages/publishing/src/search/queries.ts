import type { ArticleStatus } from '@galley/contract/publishing/articles'
import type { SearchOrder } from '@galley/contract/publishing/search'
import type { Db, Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articleAuthors, articleDocuments, articles, users } from '@galley/db/schema'
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
 * How what matches is chosen: all of it, where that is few; the newest of the newest articles, or of all; the newest that pass the filters;
 * or as another order has it.
 */
type Choice = 'few' | 'recent' | 'newest' | 'narrowed' | 'sorted'

/** Of what was searched for lately and many matched: whether the newest articles hold all that is ranked. */
const matchedByMany = new LRUCache<string, 'recent' | 'newest'>({ max: 5000 })

/**
 * Articles that match, in the order of the sort, by one statement, in which what is searched for is worked out; by two the first time that more
 * match than are ranked. A cursor fits all of them, since they rank alike.
 */
export async function findArticles(db: Db, wanted: Wanted, window: Window): Promise<FoundRow[]> {
  if (window.sort !== 'relevance') return find(db, 'sorted', wanted, window)
  if (narrows(wanted)) return find(db, 'narrowed', wanted, window)
  const known = matchedByMany.get(wanted.q)
  if (known === undefined) {
    const rows = await find(db, 'few', wanted, window)
    // Of what only some contain in this order, such as a phrase, there may be none among the first.
    if (rows.length === 0) return find(db, 'newest', wanted, window)
    if (!rows[0]?.isPartial) return rows
  }
  const rows = await find(db, known ?? 'recent', wanted, window)
  if (rows[0]) matchedByMany.set(wanted.q, rows[0].isOfRecent ? 'recent' : 'newest')
  return rows
}

function find(db: Db, choice: Choice, wanted: Wanted, { sort, after, ...window }: Window) {
  const { limit, suffix } = plannedLimit(window.limit)
  const hasViewer = wanted.viewer !== null
  const isNarrowed = narrows(wanted)
  const name = `search_${sort}_${choice}_${isNarrowed ? 'some' : 'all'}_${after ? 'after' : 'first'}_${hasViewer ? 'viewer' : 'anyone'}${suffix}`
  const shape = { choice, sort, goesOn: after !== null, hasViewer, isNarrowed, limit }
  const statement = statements.get(name) ?? preparedSearch(name, shape)
  statements.set(name, statement)
  return statement(db).execute({
    ...wanted,
    ...window,
    afterPlace: after?.place,
    afterId: after?.id,
  })
}

type Shape = {
  choice: Choice
  sort: SearchOrder
  goesOn: boolean
  hasViewer: boolean
  isNarrowed: boolean
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
        config: sql<string>`found.config`,
        text: beginningOfText,
        place: places[sort].read,
        isPartial: sql<boolean>`found.partial`,
        isOfRecent: sql<boolean>`found.of_recent`,
      })
      .from(sql`(${sort === 'relevance' ? ranked(shape) : sorted(sort, shape)}) as found`)
      .innerJoin(articles, eq(articles.id, sql`found.id`))
      .innerJoin(users, eq(users.id, articles.authorId))
      .orderBy(desc(sql`found.place`), desc(articles.id))
      .prepare(name),
  )

/** `left` counts the characters of all of a text, which most need not. */
const beginningOfText = sql<string>`case when octet_length(found.content) <= ${param('textLength', 'int')}
  then found.content else left(found.content, ${param('textLength', 'int')}) end`

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

const isPublished = sql`s.status = 'published'`
// Without filters a statement of its own: one that has them all, and most as null, PostgreSQL plans again at each search.
const passes = (isNarrowed: boolean) => (isNarrowed ? filters : isPublished)

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

type Parts = Omit<Shape, 'sort' | 'hasViewer'>

/** What is chosen of what matches is ranked, so that the cost does not grow with the number of matches. */
const ranked = ({ choice, goesOn, isNarrowed, limit }: Parts) => sql`
  with ${queries},
  ${choice === 'few' ? few : choice === 'recent' ? recent : newestThat(passes(isNarrowed))},
  ranked as (
    select s.article_id as id, s.config, s.content, ((case when ${isOfPeople} then 0.1 else 0 end)
      + coalesce(case when not document @@ own.typed then ${HALF_TYPED} * ts_rank(${weights}, document, own.ranked)
        when own.typed = own.forms then (1 + ${FORM}) * ts_rank(${weights}, document, own.typed)
        else ts_rank(${weights}, document, own.typed) + ${FORM} * ts_rank(${weights}, document, own.forms) end, 0))::real as place
    from chosen s
    left join (
      select unnest(configs) as config, unnest(queries) as query, unnest(ranked) as ranked, unnest(typed) as typed, forms from wanted
    ) own on own.config = s.config
    where (select wide = exact from wanted) or document @@ own.query or ${isOfPeople}
  )
  select id, config, content, place, ${areMore} as partial,
    ${choice === 'recent' ? sufficeFor(sql`recent_texts`, RANKED + 1) : sql`false`} as of_recent from ranked
  ${goesOn ? sql`where ${comesAfter('relevance', sql`id`)}` : sql``}
  order by place desc, id desc limit ${limit} offset ${param('offset', 'int')}`

const countOf = (name: SQL) => sql`(select count(*) from ${name})`
const areMore = sql`${countOf(sql`texts`)} > ${written(RANKED)}`

/** Any that match, read where they are ranked. */
const few = sql`
  texts as materialized (
    select s.* from ${articleDocuments} s
    where (s.document @@ (select wide from wanted) or ${isOfPeople}) and ${isPublished} limit ${written(RANKED + 1)}
  ),
  chosen as (select * from texts)`

const candidate = sql`s.article_id, s.at`
const newest = (limit: number) => sql`order by s.at desc, s.article_id desc limit ${written(limit)}`

const chosenOfBoth = sql`
  chosen as (
    select s.* from (
      select article_id from texts union all select article_id from heads where article_id not in (select article_id from texts)
    ) newest join ${articleDocuments} s using (article_id)
  )`

/** The newest, and where more match than are ranked, the newest whose titles do: else they are among them. */
const newestThat = (condition: SQL) => sql`
  texts as materialized (
    select ${candidate} from article_search s where ${matchesWidely} and ${condition} ${newest(RANKED + 1)}
  ),
  heads as (
    select ${candidate} from article_search s where ${areMore} and ${headMatches} and ${condition} ${newest(RANKED)}
  ),
  ${chosenOfBoth}`

// With an end, since of what has one PostgreSQL expects little, and joins the index of times with that of words.
const isRecent = sql`s.at >= (select since from recent) and s.at <= 'infinity'`
const sufficeFor = (name: SQL, count: number) => sql`${countOf(name)} = ${written(count)}`

/** Looks among the newest articles first, and through all where these hold too few: for what many match. */
const recent = sql`
  recent as materialized (
    select s.at as since from article_search s where ${isPublished} order by s.at desc, s.article_id desc offset ${written(RECENT)} limit 1
  ),
  recent_texts as materialized (
    select ${candidate} from article_search s where ${isRecent} and ${matchesWidely} and ${isPublished} ${newest(RANKED + 1)}
  ),
  texts as materialized (
    select * from recent_texts where ${sufficeFor(sql`recent_texts`, RANKED + 1)}
    union all (select ${candidate} from article_search s
      where not ${sufficeFor(sql`recent_texts`, RANKED + 1)} and ${matchesWidely} and ${isPublished} ${newest(RANKED + 1)})
  ),
  recent_heads as materialized (
    select ${candidate} from article_search s where ${isRecent} and ${headMatches} and ${isPublished} ${newest(RANKED)}
  ),
  heads as (
    select * from recent_heads where ${sufficeFor(sql`recent_heads`, RANKED)}
    union all (select ${candidate} from article_search s
      where ${areMore} and not ${sufficeFor(sql`recent_heads`, RANKED)} and ${headMatches} and ${isPublished} ${newest(RANKED)})
  ),
  ${chosenOfBoth}`

const sorted = (sort: 'newest' | 'favourites', { goesOn, isNarrowed }: Parts) => sql`
  with ${queries},
  candidates as materialized (
    select s.article_id as id, ${places[sort].column} as place from article_search s
    where ${matchesWidely} and ${passes(isNarrowed)} ${goesOn ? sql`and ${comesAfter(sort, sql`s.article_id`)}` : sql``}
    order by ${places[sort].column} desc, s.article_id desc
    limit (select case when wide = exact then ${param('limit', 'int')} + ${param('offset', 'int')} else ${LOOKED_THROUGH} end from wanted)
  )
  select id, s.config, s.content, place, (select wide <> exact from wanted) and (select count(*) from candidates) >= ${LOOKED_THROUGH} as partial, false as of_recent
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
