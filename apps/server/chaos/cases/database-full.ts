import { createDb } from '@galley/db/client'
import { post, signIn } from '../../trials/calls.ts'
import { equal, type Finding, skipped, type Trial } from '../../trials/trial.ts'
import { breakSite } from '../outage.ts'
import { mountSmallDisk } from '../small-disk.ts'
import { type Site, startSite } from '../site.ts'
import { withoutDatabase } from '../watch.ts'

/** PostgreSQL's disk is full: first there is no room for data, then none for its log either, and it ends itself. */
export const trial: Trial = {
  title: 'The disk of PostgreSQL is full',
  async run(world) {
    const disk = mountSmallDisk(world, 320)
    if (!disk) return [skipped('all of it', 'only root can mount a small disk')]
    const site = await startSite(world, { databaseFolder: disk.folder })
    const { database } = site
    const writer = await signIn(site, 'aiko-tanabe')
    await spareLog(site)
    return breakSite(world, site, [
      {
        name: 'no room for data',
        forMs: world.short ? 1_000 : 5_000,
        begin: disk.fill,
        end: disk.empty,
        meanwhile: () => writeUntilRefused(site, writer),
      },
      {
        name: 'no room for the log',
        forMs: world.short ? 1_000 : 5_000,
        async begin() {
          disk.fill()
          await endLog(site)
        },
        async end() {
          disk.empty()
          await database.stop()
          await database.start()
        },
        shows: withoutDatabase,
      },
    ])
  },
}

const LONG = 'A long text that does not fit any more. '.repeat(1_000)

/** Articles until one is refused for want of room; who only reads notices nothing. */
async function writeUntilRefused(site: Site, writer: { cookie: string }): Promise<Finding[]> {
  const taken: string[] = []
  const body = () =>
    Array.from({ length: 40 }, () => `${Math.random()} ${LONG.slice(0, 500)}`).join('\n\n')
  for (let n = 0; n < 2_000; n += 1) {
    const title = `Full ${n}`
    const response = await post(site, '/trpc/articles.create', { title, body: body() }, writer)
    const text = await response.text()
    if (response.ok) {
      taken.push(title)
      continue
    }
    const read = await fetch(`${site.publicOrigin}/api/v1/articles`)
    await read.body?.cancel()
    return [
      equal(
        `article ${n}`,
        [response.status, response.headers.has('retry-after'), reasonIn(text)],
        [503, true, 'server/unavailable'],
      ),
      equal('reading meanwhile', read.status, 200),
      equal('articles there that were acknowledged', await titlesOf(site), taken.length),
    ]
  }
  return [equal('articles that were refused', 0, 1)]
}

const reasonIn = (text: string) => /"reason":"([\w/-]+)"/.exec(text)?.[1]

async function titlesOf({ database }: Site) {
  await using operator = createDb(database.migrationUrl, { max: 1 })
  const rows = await operator.sql`select from articles where starts_with(title, 'Full ')`
  return rows.length
}

/** Keeps some of the log's files for later use, so that the log still has room where data has none. */
async function spareLog(site: Site) {
  for (let n = 0; n < 4; n += 1) await nextLogFile(site)
  await using operator = createDb(site.database.migrationUrl, { max: 1, statementTimeoutMs: 0 })
  await operator.sql`checkpoint`
}

/** Uses up what the log has, until PostgreSQL finds no room for the next file of it. */
async function endLog(site: Site) {
  try {
    for (let n = 0; n < 30; n += 1) await nextLogFile(site)
  } catch {
    return
  }
  throw new Error('The log still has room')
}

async function nextLogFile({ database }: Site) {
  await using operator = createDb(database.migrationUrl, { max: 1, statementTimeoutMs: 0 })
  await operator.sql`select pg_logical_emit_message(true, 'chaos', repeat('x', 10000))`
  await operator.sql`select pg_switch_wal()`
}
