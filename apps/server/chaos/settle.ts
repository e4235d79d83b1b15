import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createDb, type Database } from '@galley/db/client'
import { compareLedger } from '../bench/publishing/scale/ledger.ts'
import { atLeast, equal, type Finding } from '../trials/trial.ts'
import type { Site } from './site.ts'
import { untilNothing } from './watch.ts'

const galley = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url))

/**
 * Ends the traffic, lets the jobs run to their end and looks at what is left: every acknowledged comment once, with its event, every job
 * done, and counts as they would be counted now.
 */
export async function settle({ traffic, database, keys }: Site): Promise<Finding[]> {
  await traffic.stop()
  await using operator = createDb(database.migrationUrl, { max: 1 })
  await untilNothing('jobs that are not done', () => listWaiting(operator))
  return [
    atLeast('acknowledged comments', traffic.ledger.size, 10),
    equal('of them lost or doubled', await compareLedger(database.appUrl, traffic.ledger), []),
    equal(
      'comments without their event, or events without their comment',
      await countHalves(operator),
      0,
    ),
    equal('jobs given up', await countGivenUp(operator), 0),
    equal('counts that were wrong', await repair(database.appUrl, keys), NOTHING_REPAIRED),
  ]
}

/** Events that nobody has taken up, and jobs that wait, for another attempt too, or run. */
export const listWaiting = ({ sql }: Database) => sql`
  select 'event ' || event as what, 'waits' as state, count(*)::int
  from outbox where dispatched_at is null group by event
  union all
  select name, state::text, count(*)::int
  from pgboss.job
  where name <> 'dead-letters' and (state in ('retry', 'active') or state = 'created' and start_after < now())
  group by name, state`

export const countGivenUp = ({ sql }: Database) =>
  count(sql`select count(*)::int from pgboss.job where name = 'dead-letters'`)

const countHalves = ({ sql }: Database) =>
  count(sql`
    select count(*)::int
    from (select payload ->> 'commentId' as id from outbox where event = 'comment.created') as event
    full join (select id::text, body from comments) as comment using (id)
    where comment is null or event is null and starts_with(body, 'Ledger ')`)

async function count(rows: PromiseLike<readonly object[]>): Promise<number> {
  const [row] = await rows
  return row && 'count' in row ? Number(row.count) : 0
}

export const NOTHING_REPAIRED = 'Repaired: 0 articles, 0 bylines, 0 tags.'

export async function repair(url: string, keys: string) {
  const env = { NODE_ENV: 'test', DATABASE_URL: url, ENCRYPTION_KEYS: keys }
  const run = promisify(execFile)(process.execPath, [galley, 'counters', 'repair'], { env })
  return (await run).stdout.trim()
}
