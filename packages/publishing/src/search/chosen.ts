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
/** Among how many they are looked for one by one, without the index, which would be read for all that match. */
const COMMON = 1000

/** How the newest of many matches are found: by looking at one article after the other, among the newest articles, or among all. */
export type OfMany = 'common' | 'recent' | 'newest'

/** How what matches is chosen: all of it, where that is few; the newest of many; the newest that pass the filters; or as another order has it. */
export type Choice = 'few' | OfMany | 'narrowed' | 'sorted'

/** How many that hold the words are looked at: of a phrase more, since few of them may have the words in its order. */
type Reach = { most: number; reach: SQL }

const ofWords: Reach = { most: RANKED, reach: written(RANKED) }
export const ofPhrase: Reach = {
  most: LOOKED_THROUGH,
  reach: sql`(select case when wide = exact then ${written(RANKED)} else ${written(LOOKED_THROUGH)} end from wanted)`,
}

type Parts = { choice: Choice; mayBePhrase: boolean; isNarrowed: boolean }

/** What of a statement chooses the articles that it ranks, `chosen`, says whether there are more, and how the next search finds the newest. */
export function chosenBy({ choice, mayBePhrase, isNarrowed }: Parts) {
  const reach = mayBePhrase && choice !== 'few' ? ofPhrase : ofWords
  const isPartial = areMore(reach)
  switch (choice) {
    case 'few':
      return { chosen: few, isPartial, ofMany: sql`null` }
    case 'common': {
      const ofMany = sql`case when ${sufficeFor(sql`texts`, RANKED + 1)} then 'common' else 'recent' end`
      return { chosen: common, isPartial, ofMany }
    }
    case 'recent': {
      const ofMany = sql`case when not ${sufficeFor(sql`recent_texts`, reach.most + 1)} then 'newest'
        when ${reach === ofWords ? areCommon : sql`false`} then 'common' else 'recent' end`
      return { chosen: recent(reach), isPartial, ofMany }
    }
    default:
      return { chosen: newestThat(passes(isNarrowed), reach), isPartial, ofMany: sql`'newest'` }
  }
}

const countOf = (name: SQL) => sql`(select count(*) from ${name})`
const areMore = ({ reach }: Reach) => sql`${countOf(sql`texts`)} > ${reach}`

const sufficeFor = (name: SQL, count: number) => sql`${countOf(name)} = ${written(count)}`
const documentMatches = sql`(s.document @@ (select wide from wanted) or ${isOfPeople})`

/** Any that match, read where they are ranked. */
const few = sql`
  texts as materialized (
    select s.* from ${articleDocuments} s
    where ${documentMatches} and ${isPublished} limit ${written(RANKED + 1)}
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

/** Whether the newest articles hold as many as are ranked, of which the index of titles has few to read. */
const areCommon = sql`((select min(at) from texts) > (
    select s.at from article_search s where ${isPublished} order by s.at desc, s.article_id desc offset ${written(COMMON)} limit 1
  ) and ${countOf(sql`heads`)} < ${written(RANKED)})`

/** Reads one of the newest articles after the other, until as many match as are ranked. */
const common = sql`
  texts as materialized (
    select s.*, newest.at from (
      select ${candidate} from article_search s where ${isPublished} ${newest(COMMON)}
    ) newest join ${articleDocuments} s using (article_id)
    where ${documentMatches} order by newest.at desc, article_id desc limit ${written(RANKED + 1)}
  ),
  heads as (select ${candidate} from article_search s where ${headMatches} and ${isPublished} ${newest(RANKED)}),
  chosen as (
    select * from texts union all
    select s.*, heads.at from heads join ${articleDocuments} s using (article_id) where article_id not in (select article_id from texts)
  )`
