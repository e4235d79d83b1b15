import { articleDocuments } from '@galley/db/schema'
import { sql, type SQL } from 'drizzle-orm'
import {
  headMatches,
  isOfPeople,
  isPublished,
  LOOKED_THROUGH,
  matchesWidely,
  passes,
  written,
} from './wanted.ts'

/** How many articles are ranked: the newest whose title, description or tags match, and the newest that match at all. */
const RANKED = 200
/** Among how many of the newest articles the newest of many matches are looked for. */
const RECENT = 5000

/**
 * How what matches is chosen: all of it, where that is few; the newest of the newest articles, or of all; the newest that pass the filters;
 * or as another order has it.
 */
export type Choice = 'few' | 'recent' | 'newest' | 'narrowed' | 'sorted'

/** How many that hold the words are looked at: of a phrase more, since few of them may have the words in its order. */
type Reach = { most: number; reach: SQL }

const ofWords: Reach = { most: RANKED, reach: written(RANKED) }
export const ofPhrase: Reach = {
  most: LOOKED_THROUGH,
  reach: sql`(select case when wide = exact then ${written(RANKED)} else ${written(LOOKED_THROUGH)} end from wanted)`,
}

type Parts = { choice: Choice; mayBePhrase: boolean; isNarrowed: boolean }

/** What of a statement chooses the articles that it ranks, `chosen`, and says whether there are more. */
export function chosenBy({ choice, mayBePhrase, isNarrowed }: Parts) {
  const reach = mayBePhrase && choice !== 'few' ? ofPhrase : ofWords
  const isRecent = choice === 'recent'
  return {
    chosen:
      choice === 'few' ? few : isRecent ? recent(reach) : newestThat(passes(isNarrowed), reach),
    isPartial: areMore(reach),
    isOfRecent: isRecent ? sufficeFor(sql`recent_texts`, reach.most + 1) : sql`false`,
  }
}

const countOf = (name: SQL) => sql`(select count(*) from ${name})`
const areMore = ({ reach }: Reach) => sql`${countOf(sql`texts`)} > ${reach}`

/** Any that match, read where they are ranked. */
const few = sql`
  texts as materialized (
    select s.* from ${articleDocuments} s
    where (s.document @@ (select wide from wanted) or ${isOfPeople}) and ${isPublished} limit ${written(RANKED + 1)}
  ),
  chosen as (select * from texts)`

const candidate = sql`s.article_id, s.at`
const newest = (limit: number) => newestOf(written(limit))
const newestOf = (limit: SQL) => sql`order by s.at desc, s.article_id desc limit ${limit}`

const joined = (texts: SQL) => sql`
  chosen as (
    select s.* from (
      select article_id from ${texts} union all select article_id from heads where article_id not in (select article_id from ${texts})
    ) newest join ${articleDocuments} s using (article_id)
  )`

/** What is no phrase after all is ranked among as many as other words are. */
const chosenOfBoth = (reach: Reach) =>
  reach === ofWords
    ? joined(sql`texts`)
    : sql`first_texts as (select s.article_id from texts s ${newestOf(sql`${reach.reach} + 1`)}), ${joined(sql`first_texts`)}`

/** The newest, and where more match than are ranked, the newest whose titles do: else they are among them. */
const newestThat = (condition: SQL, reach: Reach) => sql`
  texts as materialized (
    select ${candidate} from article_search s where ${matchesWidely} and ${condition} ${newest(reach.most + 1)}
  ),
  heads as (
    select ${candidate} from article_search s where ${areMore(reach)} and ${headMatches} and ${condition} ${newest(RANKED)}
  ),
  ${chosenOfBoth(reach)}`

// With an end, since of what has one PostgreSQL expects little, and joins the index of times with that of words.
const isRecent = sql`s.at >= (select since from recent) and s.at <= 'infinity'`
const sufficeFor = (name: SQL, count: number) => sql`${countOf(name)} = ${written(count)}`

/** Looks among the newest articles first, and through all where these hold too few: for what many match. */
const recent = (reach: Reach) => sql`
  recent as materialized (
    select s.at as since from article_search s where ${isPublished} order by s.at desc, s.article_id desc offset ${written(RECENT)} limit 1
  ),
  recent_texts as materialized (
    select ${candidate} from article_search s where ${isRecent} and ${matchesWidely} and ${isPublished} ${newest(reach.most + 1)}
  ),
  texts as materialized (
    select * from recent_texts where ${sufficeFor(sql`recent_texts`, reach.most + 1)}
    union all (select ${candidate} from article_search s
      where not ${sufficeFor(sql`recent_texts`, reach.most + 1)} and ${matchesWidely} and ${isPublished} ${newest(reach.most + 1)})
  ),
  recent_heads as materialized (
    select ${candidate} from article_search s where ${isRecent} and ${headMatches} and ${isPublished} ${newest(RANKED)}
  ),
  heads as (
    select * from recent_heads where ${sufficeFor(sql`recent_heads`, RANKED)}
    union all (select ${candidate} from article_search s
      where ${areMore(reach)} and not ${sufficeFor(sql`recent_heads`, RANKED)} and ${headMatches} and ${isPublished} ${newest(RANKED)})
  ),
  ${chosenOfBoth(reach)}`
