import { rmSync } from 'node:fs'
import postgres from 'postgres'
import { findBinaries } from './binaries.ts'
import { claim, clusterUrl, tryLock, type Lock } from './claim.ts'
import { ClusterError } from './cluster-error.ts'
import { prepareDataFolder } from './data-folder.ts'
import { clusterFiles, readPassword, type ClusterFiles } from './files.ts'
import { launch } from './launch.ts'
import { findPostmaster, stopPostmaster, type Postmaster } from './postmaster.ts'
import { unprivilegedAccount } from './run-as.ts'

export { ClusterError } from './cluster-error.ts'

export interface Cluster extends AsyncDisposable {
  /** Of a database in the cluster, `postgres` unless named. Holds the password. */
  url(database?: string): string
  readonly port: number
  readonly pid: number
  /** Where the data really is. */
  readonly dataDir: string
  /** Whether the server was running already. */
  readonly adopted: boolean
  /** Stops the server, unless another living process owns it. Running transactions are rolled back. */
  stop(): Promise<void>
  /** Creates the database when it is missing; returns its address. Names of `a-z0-9_-` only. */
  ensureDatabase(name: string): Promise<string>
}

interface Options {
  dataDir: string
  /** Any free one when left out. A server that runs already keeps its own. */
  port?: number
  /** False only for throw-away data: a power cut may then destroy it. */
  durable?: boolean
  /** Variables that the server is started with beside its own. */
  env?: Record<string, string>
}

/**
 * Starts the real PostgreSQL that npm installed, on 127.0.0.1 with a generated password, or adopts the one that runs on this
 * data folder already. The starter owns it; when an owner dies without `stop()`, the next to come owns it. Beside the folder:
 * `<dataDir>.password` (mode 0600), `.log` and `.lock`.
 *
 * As root the server runs as `postgres` or `nobody`. Where that account cannot enter the parent of `dataDir` (a checkout
 * under `/root`), data and side files live in `/var/lib/galley/<name>-<hash of dataDir>` and persist there.
 *
 * Throws ClusterError: no PostgreSQL for this platform, data of another version, a folder with other content or closed to us, a busy port.
 */
export async function startCluster(options: Options): Promise<Cluster> {
  try {
    return await start(options)
  } catch (cause) {
    if (cause instanceof ClusterError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ClusterError(`PostgreSQL cannot be started in ${options.dataDir}: ${reason}`, {
      cause,
    })
  }
}

/**
 * Stops the cluster of a folder and deletes it with what is kept beside it, wherever `startCluster` put it. Returns false, and
 * leaves it, when a living process owns it.
 */
export async function removeCluster(dataDir: string): Promise<boolean> {
  const files = clusterFiles(dataDir, unprivilegedAccount())
  const lock = tryLock(files.lock)
  if (!lock) return false
  const running = findPostmaster(files.data)
  if (running) await stopPostmaster(running.pid, files.data)
  lock.release()
  for (const file of Object.values(files)) rmSync(file, { recursive: true, force: true })
  return true
}

async function start({ dataDir, port, durable = true, env }: Options): Promise<Cluster> {
  const account = unprivilegedAccount()
  const binaries = findBinaries(account)
  const files = clusterFiles(dataDir, account)

  const { server, adopted, lock } = await claim(files, async () => {
    await prepareDataFolder(files, { binaries, durable, account })
    return launch(files, { binaries, durable, account, port, env })
  })
  const password = readPassword(files)
  const url = (database = 'postgres') => clusterUrl(server, password, database)
  let stopped: Promise<void> | undefined
  const stop = () => (stopped ??= release(files, server, lock))

  return {
    url,
    port: server.port,
    pid: server.pid,
    dataDir: files.data,
    adopted,
    stop,
    ensureDatabase: (name) => ensureDatabase(url, name),
    [Symbol.asyncDispose]: stop,
  }
}

async function ensureDatabase(url: (database?: string) => string, name: string): Promise<string> {
  const sql = postgres(url(), { max: 1 })
  try {
    const [found] = await sql`select from pg_database where datname = ${name}`
    if (!found) await sql`create database ${sql(name)}`.catch(ignoreDuplicate)
    return url(name)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

// Two processes may find it missing at the same time.
function ignoreDuplicate(error: unknown): void {
  const duplicate = ['42P04', '23505']
  if (!(error instanceof postgres.PostgresError && duplicate.includes(error.code))) throw error
}

async function release(files: ClusterFiles, server: Postmaster, lock?: Lock): Promise<void> {
  if (!lock) return
  await stopPostmaster(server.pid, files.data)
  lock.release()
}
