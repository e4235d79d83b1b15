import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createDb, type Database } from '@galley/db/client'
import { prepareDatabase } from '@galley/db/prepare'
import { type Cluster, startCluster } from '@galley/embedded-postgres'
import { RENDER_VERSION } from '@galley/markdown/renderer'
import { appUrlOf } from '../../../dev/services.ts'

export const benchDir = fileURLToPath(new URL('../../../../../.galley/bench', import.meta.url))

const NAME = 'bench'
const content = readFileSync(new URL('content.sql', import.meta.url), 'utf8').replaceAll(
  ':render_version',
  String(RENDER_VERSION),
)
const conventional = readFileSync(new URL('conventional.sql', import.meta.url), 'utf8')
const contentHash = createHash('sha256').update(content).update(conventional).digest('hex')

type BenchDatabase = AsyncDisposable & { appUrl: string; cluster: Cluster; postgresPid: number }

/** The large data set, in a PostgreSQL of its own; made when it is missing or another one, kept otherwise. */
export async function openDatabase(log: (line: string) => void): Promise<BenchDatabase> {
  const cluster = await startCluster({ dataDir: `${benchDir}/postgres` })
  const appUrl = await prepare(cluster)
  if ((await storedHash(cluster)) !== contentHash) {
    const begun = performance.now()
    await drop(cluster)
    await prepare(cluster)
    await fill(cluster)
    log(`data set made in ${Math.round((performance.now() - begun) / 1000)} s`)
  }
  await tidy(cluster)
  return { appUrl, cluster, postgresPid: cluster.pid, [Symbol.asyncDispose]: () => cluster.stop() }
}

async function prepare(cluster: Cluster) {
  const migrationUrl = await cluster.ensureDatabase(NAME)
  const appUrl = appUrlOf(migrationUrl)
  await prepareDatabase({ migrationUrl, appUrl })
  return appUrl
}

/** As the operator, without time limits. */
const connect = (cluster: Cluster, database = NAME) =>
  createDb(cluster.url(database), { max: 1, statementTimeoutMs: 0, silenceTimeoutMs: 0 })

async function storedHash(cluster: Cluster) {
  await using database = connect(cluster)
  const [row] = await database.sql<{ hash: string | null }[]>`
    select shobj_description(oid, 'pg_database') as hash from pg_database where datname = ${NAME}`
  return row?.hash
}

async function drop(cluster: Cluster) {
  await using database = connect(cluster, 'postgres')
  await database.sql`drop database ${database.sql(NAME)} with (force)`
}

async function fill(cluster: Cluster) {
  await using database = connect(cluster)
  const { sql } = database
  await sql.unsafe(`begin; ${content}; commit`)
  // As they would be: the counts were written in a second turn.
  await sql`vacuum (full) articles, article_authors, article_tags`
  await sql.unsafe(`begin; ${conventional}; commit`)
  await sql.unsafe(`comment on database ${NAME} is '${contentHash}'`)
}

/** Takes away what earlier measurements wrote, so that each run begins with the same. */
async function tidy(cluster: Cluster) {
  await using database = connect(cluster)
  const { sql } = database
  await sql`delete from comments where created_at > ${lastComment}`
  await sql`delete from conventional.comments where created_at > ${lastComment}`
  await sql`truncate outbox, idempotency_keys, conventional.sessions`
  await renewSessions(sql)
  await sql`insert into conventional.sessions
    select id, user_id, expires_at, absolute_expires_at from sessions`
  await sql`vacuum (analyze)`
  await sql`checkpoint`
}

const COUNT = 5_000
const DAY_MS = 24 * 60 * 60 * 1000

/** The token of a session, which the measurements send as a cookie; session `n` is that of user `n + 1`. */
export const sessionToken = (n: number) => `bench-session-${n % COUNT}`.padEnd(43, '-')

/** Sessions as of a sign-in just now: what the data set keeps would be over by the next run. */
async function renewSessions(sql: Database['sql']) {
  const now = new Date()
  const rows = Array.from({ length: COUNT }, (_, n) => ({
    id: createHash('sha256').update(sessionToken(n)).digest('hex'),
    user_id: userId(n + 1),
    expires_at: new Date(now.getTime() + 14 * DAY_MS).toISOString(),
    absolute_expires_at: new Date(now.getTime() + 30 * DAY_MS).toISOString(),
  }))
  await sql`delete from sessions`
  await sql`insert into sessions ${sql(rows)}`
}

/** The ids that `content.sql` gives, in the shape of UUIDv7: kind in the first group, number in the last. */
const idOf = (kind: number) => (n: number) =>
  `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

const userId = idOf(1)
export const articleId = idOf(3)

export const articleSlug = (n: number) => `an-article-about-engines-${n}`

const FIRST = Date.parse('2024-01-01T00:00:00Z')
const APART_MS = 17 * 60_000

/** Where a list goes on after article `n`. */
export const cursorAfter = (n: number) =>
  Buffer.from(JSON.stringify([FIRST + n * APART_MS, articleId(n)])).toString('base64url')

/** The newest comment of the data set: what is younger was written by a measurement. */
const lastComment = new Date(Date.parse('2025-09-01T00:00:00Z') + 200_000 * 10_000).toISOString()
