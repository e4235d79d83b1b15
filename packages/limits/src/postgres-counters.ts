import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { rateCounters } from '@galley/db/schema'
import { sql } from 'drizzle-orm'
import type { Clock, WindowCounters } from './window.ts'

const casts = { float8: sql`::float8`, int: sql`::int`, timestamptz: sql`::timestamptz` }

/** A value given at execution, of a type that the statement alone does not tell. */
export const placeholder = (name: string, type: keyof typeof casts) =>
  sql`${sql.placeholder(name)}${casts[type]}`

/**
 * What time it is: the placeholder `now` unless that is null, else the database's clock, which all processes share.
 * Of the columns' precision, so that a stored time compares with it.
 */
export const databaseTime = sql`date_trunc('milliseconds', coalesce(${placeholder('now', 'timestamptz')}, statement_timestamp()))`

/** Counts in the table `rate_counters`: one statement a demand, which waits for others on the same key only. */
export function createPostgresCounters(db: Db, { now }: { now?: Clock } = {}): WindowCounters {
  return {
    async take({ windowSeconds, ...demand }) {
      const at = now?.().toISOString() ?? null
      const [taken] = await takeUnits(db).execute({ ...demand, seconds: windowSeconds, now: at })
      if (!taken) throw new Error('The counter was not written')
      return taken
    },
  }
}

const window = sql`make_interval(secs => ${placeholder('seconds', 'float8')})`
const least = placeholder('least', 'int')
const most = placeholder('most', 'int')
const quota = placeholder('quota', 'int')

// The row as it would be inserted says what time it is: all parts of the statement agree on it.
const now = sql`excluded.window_start`
const row = {
  // A window that begins in the future, since the clock went back, begins now: else it would not end until that time comes.
  start: sql`least(rate_counters.window_start, ${now})`,
  current: sql`rate_counters.current`,
  previous: sql`rate_counters.previous`,
}
const inWindow = sql`${now} < ${row.start} + ${window}`
const inNextWindow = sql`${now} < ${row.start} + 2 * ${window}`
const rolled = {
  start: sql`case when ${inWindow} then ${row.start} when ${inNextWindow} then ${row.start} + ${window} else ${now} end`,
  current: sql`case when ${inWindow} then ${row.current} else 0 end`,
  previous: sql`case when ${inWindow} then ${row.previous} when ${inNextWindow} then ${row.current} else 0 end`,
}
const elapsedShare = sql`greatest(0, extract(epoch from ${now} - (${rolled.start})) / extract(epoch from ${window}))`
const free = sql`floor(${quota} - (${rolled.current}) - (${rolled.previous}) * (1 - ${elapsedShare}))::int`
const granted = sql`(select case when free.units >= ${least} then least(free.units, ${most}) else 0 end from (select ${free} as units) as free)`
const grantedAtFirst = sql`case when ${quota} >= ${least} then least(${quota}, ${most}) else 0 end`

const takeUnits = prepared((db) =>
  db
    .insert(rateCounters)
    .values({
      key: sql.placeholder('key'),
      windowStart: databaseTime,
      current: grantedAtFirst,
      previous: 0,
      granted: grantedAtFirst,
      expiresAt: sql`${databaseTime} + 2 * ${window}`,
    })
    .onConflictDoUpdate({
      target: rateCounters.key,
      set: {
        windowStart: rolled.start,
        current: sql`(${rolled.current}) + ${granted}`,
        previous: rolled.previous,
        granted,
        expiresAt: sql`(${rolled.start}) + 2 * ${window}`,
      },
    })
    .returning({
      granted: rateCounters.granted,
      current: rateCounters.current,
      previous: rateCounters.previous,
      elapsedSeconds: sql<number>`greatest(0, extract(epoch from ${databaseTime} - ${rateCounters.windowStart}))::float8`,
    })
    .prepare('take_units'),
)
