import { createDb } from '@galley/db/client'
import { until } from '../../bench/publishing/scale/processes.ts'
import { equal, type Finding, skipped, type Trial } from '../../trials/trial.ts'
import { listWaiting } from '../settle.ts'
import { createClock, noFakeClock, shownByDatabase } from '../processes/clock.ts'
import { untilDone } from '../processes/compare.ts'
import { startPeople } from '../processes/people-meanwhile.ts'
import { schedule, untilPublished } from '../processes/scheduled.ts'
import { startSite, type Site } from '../processes/site.ts'

const HOUR = 3_600

/** PostgreSQL's clock is set an hour forward, an hour back, and right again while people write; those of servers and workers stay. */
export const trial: Trial = {
  title: "The database's clock jumps by an hour",
  limitMs: 15 * 60_000,
  async run(world) {
    if (noFakeClock) return [skipped('all of it', "needs Debian's faketime")]
    const clock = createClock()
    const env = { WEB_CONCURRENCY: '2' }
    const site = await startSite(world, { workers: 2, env, databaseEnv: clock.env })
    const shown = shownByDatabase(site.database.migrationUrl)
    const people = await startPeople(world, site, HOUR)
    const { writer, writers } = people
    const findings: Finding[] = []
    // In half an hour: where the database's clock is an hour ahead, at once.
    const scheduled = [await schedule(site, writer, Date.now() + HOUR * 500)]
    for (const seconds of world.short ? [HOUR, 0] : [HOUR, -HOUR, 0, HOUR, 0]) {
      await clock.set(seconds, shown)
      await writers.reached(writers.ledger.count + 100)
      scheduled.push(await schedule(site, writer, Date.now() + 30_000))
      if (seconds > 0) await untilPublished(site, scheduled)
      findings.push(await people.sentAgain(`at ${seconds} s`))
    }
    await untilPublished(site, scheduled)
    await writers.stop()
    await untilDone(site, 180_000).catch(() => {})
    findings.push(equal('jobs that are not done', await waiting(site), []))
    const timetable = await untilTimetable(site)
    return [
      ...findings,
      ...(await people.compare(scheduled)),
      equal('jobs that wait for what the clock said before', await waitingLong(site), 0),
      equal('the timetable goes on', timetable, true),
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
