import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { throttles } from '@galley/db/schema'
import { eq, sql, type SQL } from 'drizzle-orm'
import { databaseTime, placeholder } from './postgres-counters.ts'
import { FORGET_SECONDS, type ThrottleStore } from './throttle.ts'
import type { Clock } from './window.ts'

/** Counts in the table `throttles`: one statement an attempt, which waits for others on the same key only. */
export function createPostgresThrottles(db: Db, { now }: { now?: Clock } = {}): ThrottleStore {
  const at = () => now?.().toISOString() ?? null
  return {
    async attemptRolling(key, { attempts, windowSeconds }) {
      const values = { key, attempts, window: windowSeconds, now: at() }
      return secondsIn(await attemptRolling(db).execute(values))
    },
    async attemptGrowing(key, { attempts, windowSeconds, longestWaitSeconds }) {
      const values = { key, attempts, window: windowSeconds, longest: longestWaitSeconds }
      return secondsIn(await attemptGrowing(db).execute({ ...values, now: at() }))
    },
    async clear(key) {
      await db.delete(throttles).where(eq(throttles.key, key))
    },
  }
}

function secondsIn([row]: { wait: number }[]): number {
  if (!row) throw new Error('The attempt was not written')
  return row.wait
}

const attempts = placeholder('attempts', 'int')
const seconds = (name: string) => sql`make_interval(secs => ${placeholder(name, 'float8')})`
const window = seconds('window')
const forget = sql`make_interval(secs => ${FORGET_SECONDS}::float8)`
// The row as it would be inserted says what time it is: all parts of the statement agree on it.
const now = sql`excluded.window_start`
const secondsLeft = sql`extract(epoch from ${throttles.blockedUntil} - ${throttles.windowStart})`

// What lies in the future, since the clock went back, counts as of now: else it would count until that time comes.
const recent = sql`array(select least(moment, ${now}) from unnest(throttles.recent) as moment where moment > ${now} - ${window} order by moment)`
const hasRoom = sql`cardinality(${recent}) < ${attempts}`

const attemptRolling = prepared((db) =>
  db
    .insert(throttles)
    .values({
      key: sql.placeholder('key'),
      attempts: 1,
      windowStart: databaseTime,
      recent: sql`array[${databaseTime}]`,
      expiresAt: sql`${databaseTime} + ${window}`,
    })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        windowStart: now,
        recent: sql`case when ${hasRoom} then ${recent} || ${now} else ${recent} end`,
        attempts: sql`cardinality(${recent}) + (${hasRoom})::int`,
        blockedUntil: sql`case when not ${hasRoom} then (${recent})[1] + ${window} end`,
        expiresAt: sql`case when ${hasRoom} then excluded.expires_at else throttles.expires_at end`,
      },
    })
    .returning({
      wait: sql<number>`coalesce(${secondsLeft}, 0)::float8`,
    })
    .prepare('attempt_rolling'),
)

const isBlocked = sql`coalesce(throttles.blocked_until > ${now}, false)`
const counted = sql`(case when throttles.expires_at > ${now} then throttles.attempts else 0 end + 1)`
const waitAfter = (count: SQL) =>
  sql`least(${window} * power(2, least(${count} - ${attempts}, 20)), ${seconds('longest')})`
/** Never longer than the wait that the attempts so far have earned: the clock may have gone back. */
const stillBlocked = sql`least(throttles.blocked_until, ${now} + ${waitAfter(sql`throttles.attempts`)})`

const attemptGrowing = prepared((db) =>
  db
    .insert(throttles)
    .values({
      key: sql.placeholder('key'),
      attempts: 1,
      windowStart: databaseTime,
      blockedUntil: sql`case when ${attempts} <= 1 then ${databaseTime} + ${window} end`,
      expiresAt: sql`${databaseTime} + case when ${attempts} <= 1 then ${forget} else ${window} end`,
    })
    .onConflictDoUpdate({
      target: throttles.key,
      set: {
        windowStart: now,
        refused: isBlocked,
        attempts: sql`case when ${isBlocked} then throttles.attempts else ${counted} end`,
        blockedUntil: sql`case when ${isBlocked} then ${stillBlocked} when ${counted} >= ${attempts} then ${now} + ${waitAfter(counted)} end`,
        expiresAt: sql`case when ${isBlocked} then throttles.expires_at when ${counted} >= ${attempts} then ${now} + ${forget} else ${now} + ${window} end`,
      },
    })
    .returning({
      wait: sql<number>`case when ${throttles.refused} then ${secondsLeft} else 0 end::float8`,
    })
    .prepare('attempt_growing'),
)
