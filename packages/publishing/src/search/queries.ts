import type { SearchOrder } from '@galley/contract/publishing/search'
import type { Db, Queryable } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { articles, users } from '@galley/db/schema'
import { desc, eq, sql, type Placeholder, type SQL } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { plannedLimit } from '@galley/platform/order'
import { summaryColumns } from '../articles/queries.ts'
import { type Choice, chosenBy, type OfMany, ofPhrase } from './chosen.ts'
import { mayBePhrase } from './terms.ts'
import {
  filters,
  isOfPeople,
  LOOKED_THROUGH,
  matches,
  matchesWidely,
  narrows,
  param,
  passes,
  queries,
  type Wanted,
  type Window,
} from './wanted.ts'

/** What the beginning of a word counts, beside the word. */
const HALF_TYPED = sql`0.25`
/** What a word as it is written counts in addition, beside its forms. */
const FORM = sql`0.25`
/** Of text, tags, description and title. */
const weights = sql`'{0.1, 0.3, 0.4, 1}'`
const statements = new Map<string, ReturnType<typeof preparedSearch>>()

export type FoundRow = Awaited<
  ReturnType<ReturnType<ReturnType<typeof preparedSearch>>['execute']>
>[number]

/** How the newest are found of what was searched for lately and many matched. */
const matchedByMany = new LRUCache<string, OfMany>({ max: 5000, ttl: 60 * 60_000 })

type Found = {
  rows: FoundRow[]
  /** Whether more may match than were looked at. */
  isPartial: boolean
}

/** Articles that match, in the order of the sort. Of what many match some are looked at, also where none of these is what is wanted. */
export async function findArticles(db: Db, wanted: Wanted, window: Window): Promise<Found> {
  const rows = await findRows(db, wanted, window)
  return { rows, isPartial: rows[0]?.isPartial ?? (await areMoreThanLookedAt(db, wanted, window)) }
}

/**
 * By one statement, in which what is searched for is worked out; by two the first time that more match than are ranked. A cursor fits all of
 * them, since they rank alike.
 */
async function findRows(db: Db, wanted: Wanted, window: Window): Promise<FoundRow[]> {
  if (window.sort !== 'relevance') return find(db, 'sorted', wanted, window)
  if (narrows(wanted)) return find(db, 'narrowed', wanted, window)
  const known = matchedByMany.get(wanted.q)
  const few = known ? [] : await find(db, 'few', wanted, window)
  if (few[0] && !few[0].isPartial) return few
  // Of what only some contain in this order, such as a phrase, there may be none among the first.
  let rows = await find(db, known ?? (few[0] ? 'recent' : 'newest'), wanted, window)
  if (known === 'common' && rows[0]?.ofMany !== known) {
    rows = await find(db, 'recent', wanted, window)
  }
  if (!rows[0]) return few
  matchedByMany.set(wanted.q, rows[0].ofMany)
  return rows
}

function find(db: Db, choice: Choice, wanted: Wanted, { sort, after, ...window }: Window) {
  const { limit, suffix } = plannedLimit(window.limit)
  const hasViewer = wanted.viewer !== null
  const isNarrowed = narrows(wanted)
  const isRanked = choice !== 'few' && choice !== 'sorted'
  const shape = {
    choice,
    sort,
    goesOn: after !== null,
    hasViewer,
    isNarrowed,
    mayBePhrase: isRanked && mayBePhrase(wanted.q),
    limit,
  }
  const name = nameOf(shape) + suffix
  const statement = statements.get(name) ?? preparedSearch(name, shape)
  statements.set(name, statement)
  return statement(db).execute({
    ...wanted,
    ...window,
    afterPlace: after?.place,
    afterId: after?.id,
  })
}

const nameOf = ({ sort, choice, isNarrowed, goesOn, hasViewer, mayBePhrase: isPhrase }: Shape) =>
  `search_${sort}_${choice}_${isNarrowed ? 'some' : 'all'}_${goesOn ? 'after' : 'first'}_${hasViewer ? 'viewer' : 'anyone'}${isPhrase ? '_phrase' : ''}`

type Shape = {
  choice: Choice
  sort: SearchOrder
  goesOn: boolean
  hasViewer: boolean
  isNarrowed: boolean
  mayBePhrase: boolean
  limit: Placeholder
}

const preparedSearch = (name: string, { sort, hasViewer, ...shape }: Shape) =>
  prepared(
    (db) =>
      db
        .select({
          ...summaryColumns(hasViewer ? param('viewer', 'uuid') : null),
          status: articles.status,
          config: sql<string>`found.config`,
          text: beginningOfText,
          place: places[sort].read,
          isPartial: sql<boolean>`found.partial`,
          ofMany: sql<OfMany>`found.of_many`,
        })
        .from(sql`(${sort === 'relevance' ? ranked(shape) : sorted(sort, shape)}) as found`)
        .innerJoin(articles, eq(articles.id, sql`found.id`))
        .innerJoin(users, eq(users.id, articles.authorId))
        .orderBy(desc(sql`found.place`), desc(articles.id))
        .prepare(name),
    // What looks at many takes milliseconds, and others as long behind it.
    { alone: shape.choice !== 'few' },
  )

/** `left` counts the characters of all of a text, which most need not. */
const beginningOfText = sql<string>`case when octet_length(found.content) <= ${param('textLength', 'int')}
  then found.content else left(found.content, ${param('textLength', 'int')}) end`

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

const comesAfter = (sort: SearchOrder, id: SQL) =>
  sql`(${places[sort].column}, ${id}) < (${param('afterPlace', places[sort].type)}, ${param('afterId', 'uuid')})`

type Parts = Omit<Shape, 'sort' | 'hasViewer'>

/** What is chosen of what matches is ranked, so that the cost does not grow with the number of matches. */
const ranked = (parts: Parts) => {
  const { goesOn, limit } = parts
  const { chosen, isPartial, ofMany } = chosenBy(parts)
  return sql`
  with ${queries},
  ${chosen},
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
  select id, config, content, place, ${isPartial} as partial,
    ${ofMany} as of_many from ranked
  ${goesOn ? sql`where ${comesAfter('relevance', sql`id`)}` : sql``}
  order by place desc, id desc limit ${limit} offset ${param('offset', 'int')}`
}

const sorted = (sort: 'newest' | 'favourites', { goesOn, isNarrowed }: Parts) => sql`
  with ${queries},
  candidates as materialized (
    select s.article_id as id, ${places[sort].column} as place from article_search s
    where ${matchesWidely} and ${passes(isNarrowed)} ${goesOn ? sql`and ${comesAfter(sort, sql`s.article_id`)}` : sql``}
    order by ${places[sort].column} desc, s.article_id desc
    limit (select case when wide = exact then ${param('limit', 'int')} + ${param('offset', 'int')} else ${LOOKED_THROUGH} end from wanted)
  )
  select id, s.config, s.content, place, (select wide <> exact from wanted) and (select count(*) from candidates) >= ${LOOKED_THROUGH} as partial, null as of_many
  from candidates join article_search s on s.article_id = id where ${matches}
  order by place desc, id desc limit ${param('limit', 'int')} offset ${param('offset', 'int')}`

const counted = prepared(
  (db) =>
    db
      .select({ count: sql<number>`count(*)::int` })
      .from(
        sql`(with ${queries}
        select from (select s.* from article_search s where ${matchesWidely} and ${filters} limit ${3 * LOOKED_THROUGH}) s
        where ${matches} limit ${param('limit', 'int')}) as found`,
      )
      .prepare('search_count'),
  { alone: true },
)

/** How many articles match, counted up to `limit`. */
export async function countFound(db: Queryable, wanted: Wanted, limit: number): Promise<number> {
  const [row] = await counted(db).execute({ ...wanted, limit })
  return row?.count ?? 0
}

const lookedAt = prepared(
  (db) =>
    db
      .select({ isPhrase: sql<boolean>`is_phrase`, isMore: sql<boolean>`is_more` })
      .from(
        sql`(with ${queries},
        texts as (select from article_search s where ${matchesWidely} and ${filters} limit ${LOOKED_THROUGH + 1})
        select wide <> exact as is_phrase, (select count(*) from texts) > ${ofPhrase.reach} as is_more from wanted) as looked_at`,
      )
      .prepare('search_looked_at'),
  { alone: true },
)

/** Where a page has no rows that say so. Words that are no phrase find all that match them, on a first page and by another order. */
async function areMoreThanLookedAt(db: Queryable, wanted: Wanted, { sort, after, offset }: Window) {
  const isRanked = sort === 'relevance' && (after !== null || offset > 0)
  if (!isRanked && !mayBePhrase(wanted.q)) return false
  const [row] = await lookedAt(db).execute({ ...wanted })
  return row !== undefined && row.isMore && (row.isPhrase || isRanked)
}
