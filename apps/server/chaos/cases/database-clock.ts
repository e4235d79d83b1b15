import { randomUUID } from 'node:crypto'
import { createDb } from '@galley/db/client'
import { until } from '../../bench/publishing/scale/processes.ts'
import { equal, type Finding, type Trial } from '../../trials/trial.ts'
import { listWaiting } from '../settle.ts'
import { createClock, noFakeClock, shownByDatabase } from '../processes/clock.ts'
import { compareRest, compareWrites, untilDone } from '../processes/compare.ts'
import { followArticle } from '../processes/follow-article.ts'
import { addWriters } from '../processes/people.ts'
import { createRandom } from '../processes/random.ts'
import { call, doubledMinutes, notOnce, schedule, untilPublished } from '../processes/scheduled.ts'
import { startSite, type Site } from '../processes/site.ts'
import { startWriters } from '../processes/writers.ts'

const HOUR = 3_600
const KEY = randomUUID()

/** PostgreSQL's clock is set an hour forward, an hour back, and right again while people write; those of servers and workers stay. */
export const trial: Trial = {
  title: "The database's clock jumps by an hour",
  limitMs: 15 * 60_000,
  async run(world) {
    if (noFakeClock) {
      return [{ what: 'nothing tried', measured: "needs Debian's faketime", holds: true }]
    }
    const clock = createClock()
    const env = { WEB_CONCURRENCY: '2' }
    const site = await startSite(world, { workers: 2, env, databaseEnv: clock.env })
    const shown = shownByDatabase(site.database.migrationUrl)
    const known = await addWriters(site, 20)
    const [writer, other] = known.writers
    if (!writer || !other) throw new Error('Nobody is there')
    const follower = followArticle(site, other)
    world.ending.defer(follower.stop)
    await follower.begun()
    const random = createRandom(HOUR)
    const writers = startWriters({ ...site, known, clients: 3, random })
    world.ending.defer(() => writers.stop().catch(() => {}))

    const comment = { articleId: other.article.id, body: 'Sent again and again' }
    const sendAgain = () => call(site, writer, 'comments.create', comment, KEY)
    const kept = await sendAgain()
    const findings: Finding[] = []
    // In half an hour: where the database's clock is an hour ahead, at once.
    const scheduled = [await schedule(site, writer, Date.now() + HOUR * 500)]
    for (const seconds of world.short ? [HOUR, 0] : [HOUR, -HOUR, 0, HOUR, 0]) {
      await clock.set(seconds, shown)
      await writers.reached(writers.ledger.count + 100)
      scheduled.push(await schedule(site, writer, Date.now() + 30_000))
      if (seconds > 0) await untilPublished(site, scheduled)
      const { id } = await sendAgain()
      findings.push(equal(`at ${seconds} s: a call that is sent again`, id, kept.id))
    }
    await untilPublished(site, scheduled)
    await writers.stop()
    await untilDone(site, 180_000).catch(() => {})
    findings.push(equal('jobs that are not done', await waiting(site), []))
    const timetable = await untilTimetable(site)
    const wanted = [...writers.ledger.comments.values()].filter(
      ({ articleId }) => articleId === other.article.id,
    ).length
    const heard = follower.heard()
    return [
      ...findings,
      equal('responses that no writer should get', [...writers.wrong], []),
      { what: 'acknowledged writes', measured: String(writers.ledger.count), holds: true },
      equal('comments that a watcher heard of', new Set(heard).size, wanted + 1),
      equal('of them twice', heard.length - new Set(heard).size, 0),
      equal('scheduled articles that were not published once', await notOnce(site, scheduled), 0),
      equal('jobs that wait for what the clock said before', await waitingLong(site), 0),
      equal('the timetable goes on', timetable, true),
      equal('minutes with two of a job of each minute', await doubledMinutes(site), []),
      ...(await compareWrites(site, writers.ledger)),
      ...(await compareRest(site)),
    ]
  },
}

async function waiting({ database: { migrationUrl } }: Site) {
  await using database = createDb(migrationUrl, { max: 1 })
  return [...(await listWaiting(database))]
}

/** Jobs that were left when the clock was ahead, and are not due for as long as it was. */
async function waitingLong({ database: { migrationUrl } }: Site) {
  await using database = createDb(migrationUrl, { max: 1 })
  const rows = await database.sql`
    select from pgboss.job
    where state in ('created', 'retry') and created_on > now() + interval '1 minute'`
  return rows.length
}

/** Whether a job of each minute is left again, within three. */
async function untilTimetable({ database: { migrationUrl } }: Site) {
  await using database = createDb(migrationUrl, { max: 1 })
  const { sql } = database
  const [{ at } = { at: 0 }] = await sql<{ at: number }[]>`
    select extract(epoch from now())::float8 as at`
  const goesOn = async () => {
    const rows = await sql`
      select from pgboss.job
      where name = 'notifications.send' and created_on between to_timestamp(${at}) and now()`
    return rows.length > 0
  }
  await until(goesOn, 180_000)
  return true
}
