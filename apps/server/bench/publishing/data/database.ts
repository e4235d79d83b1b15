import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createDb } from '@galley/db/client'
import { type Cluster, startCluster } from '@galley/embedded-postgres'
import { prepareDatabase } from '@galley/db/prepare'
import { RENDER_VERSION } from '@galley/markdown/renderer'
import { appUrlOf } from '../../../dev/database.ts'
import { lastComment } from './ids.ts'
import { renewSessions } from './sessions.ts'

export const benchDir = fileURLToPath(new URL('../../../../../.galley/bench', import.meta.url))

const NAME = 'bench'
const content = readFileSync(new URL('content.sql', import.meta.url), 'utf8').replaceAll(
  ':render_version',
  String(RENDER_VERSION),
)
const contentHash = createHash('sha256').update(content).digest('hex')

export type BenchDatabase = AsyncDisposable & { appUrl: string; postgresPid: number }

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
  return { appUrl, postgresPid: cluster.pid, [Symbol.asyncDispose]: () => cluster.stop() }
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
  await sql.unsafe(`begin; ${content}; comment on database ${NAME} is '${contentHash}'; commit`)
}

/** Takes away what earlier measurements wrote, so that each run begins with the same. */
async function tidy(cluster: Cluster) {
  await using database = connect(cluster)
  const { sql } = database
  await sql`delete from comments where created_at > ${lastComment}`
  await sql`truncate outbox, idempotency_keys`
  await renewSessions(sql)
  await sql`vacuum (analyze)`
  await sql`checkpoint`
}
