import { createDb } from '@galley/db/client'
import { until } from '../../bench/publishing/scale/processes.ts'
import { equal, type Finding } from '../../trials/trial.ts'
import { countGivenUp, listWaiting, NOTHING_REPAIRED, repair } from '../settle.ts'
import type { Site } from './site.ts'
import type { Ledger } from './writes.ts'

type Comment = { body: string; isOfOther: boolean; told: number }

/** What is in the database against what was acknowledged, after all that was asked for has been done. */
export async function compareWrites(
  { database: { migrationUrl } }: Site,
  ledger: Ledger,
): Promise<Finding[]> {
  await using database = createDb(migrationUrl, { max: 2 })
  const { sql } = database
  const comments = await sql<Comment[]>`
    select c.body, a.author_id <> c.author_id as "isOfOther",
      (select count(*) from notifications n where n.user_id = a.author_id and n.kind = 'comment'
        and n.key = c.id::text)::int as told
    from comments c join articles a on a.id = c.article_id where starts_with(c.body, 'Ledger ')`
  const bodies = new Set(comments.map(({ body }) => body))
  const notTold = comments.filter(({ isOfOther, told }) => told !== (isOfOther ? 1 : 0))
  const pairsOf = async (table: string, a: string, b: string) => {
    const rows = await sql<{ pair: string }[]>`
      select ${sql(a)} || ' ' || ${sql(b)} as pair from ${sql(table)}`
    return new Set(rows.map(({ pair }) => pair))
  }
  const favourites = await pairsOf('favourites', 'user_id', 'article_id')
  const follows = await pairsOf('follows', 'follower_id', 'followed_id')
  const told = await sql<{ pair: string }[]>`
    select actor_id || ' ' || user_id as pair from notifications where kind = 'follow'`
  const toldOnce = single(told.map(({ pair }) => pair))
  const articles = await sql<{ id: string; version: number; title: string }[]>`
    select id, version, title from articles`
  const articleById = new Map(articles.map((row) => [row.id, row]))
  const wrongArticles = [...ledger.articles].filter(([id, { version, title }]) => {
    const found = articleById.get(id)
    return found?.version !== version || found.title !== title
  })
  return [
    equal('acknowledged comments that are not there', missing(ledger.comments, bodies), 0),
    equal('comments that are there twice', comments.length - bodies.size, 0),
    equal('comments that nobody was answered', missing(bodies, ledger.comments), 0),
    equal('comments of which the author was not told once', notTold.length, 0),
    equal('acknowledged favourites that are not there', missing(ledger.favourites, favourites), 0),
    equal('acknowledged follows that are not there', missing(ledger.follows, follows), 0),
    equal('follows of which the followed was not told once', missing(ledger.follows, toldOnce), 0),
    equal('articles that are not as last acknowledged', wrongArticles.length, 0),
  ]
}

/** Of what is not a row of its own: events, jobs and counts. */
export async function compareRest({ database, env }: Site): Promise<Finding[]> {
  await using operator = createDb(database.migrationUrl, { max: 1 })
  const { ENCRYPTION_KEYS: keys = '' } = env
  const [events] = await operator.sql`
    select count(*)::int from comments c
    left join (select payload ->> 'commentId' as id, count(*) as times from outbox
      where event = 'comment.created' and dispatched_at is not null group by 1) as told on told.id = c.id::text
    where starts_with(c.body, 'Ledger ') and told.times is distinct from 1`
  return [
    equal('comments without exactly one event that was dispatched', events, { count: 0 }),
    equal('jobs given up', await countGivenUp(operator), 0),
    equal('counts that were wrong', await repair(database.appUrl, keys), NOTHING_REPAIRED),
  ]
}

/** Resolves when every event was dispatched and every job that is due is done: how long that took. */
export async function untilDone({ database }: Site, patienceMs: number): Promise<number> {
  await using operator = createDb(database.migrationUrl, { max: 1 })
  const begun = performance.now()
  await until(async () => (await listWaiting(operator)).length === 0, patienceMs)
  return performance.now() - begun
}

/** What processes that have ended have left behind in the database. */
export async function leftBehind({ database: { migrationUrl } }: Site): Promise<Finding[]> {
  await using database = createDb(migrationUrl, { max: 1 })
  const left = async () => {
    const [row] = await database.sql<{ sessions: number; locks: number }[]>`
      select (select count(*) from pg_stat_activity where datname = current_database()
          and pid <> pg_backend_pid() and backend_type = 'client backend')::int as sessions,
        (select count(*) from pg_locks where pid <> pg_backend_pid()
          and (locktype = 'advisory' or mode like '%Exclusive%') and locktype <> 'virtualxid')::int as locks`
    return row
  }
  await until(async () => (await left())?.sessions === 0).catch(() => {})
  return [equal('connections and locks left behind', await left(), { sessions: 0, locks: 0 })]
}

/** Those that are there once. */
function single(all: readonly string[]) {
  const counts = new Map<string, number>()
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1)
  return new Set([...counts.keys()].filter((each) => counts.get(each) === 1))
}

const missing = (
  wanted: ReadonlyMap<string, unknown> | ReadonlySet<string>,
  found: { has(key: string): boolean },
) => [...wanted.keys()].filter((key) => !found.has(key)).length
