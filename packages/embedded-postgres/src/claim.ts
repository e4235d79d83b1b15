import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { ClusterError } from './cluster-error.ts'
import { superuser } from './data-folder.ts'
import { type ClusterFiles, readPassword } from './files.ts'
import { findPostmaster, type Postmaster } from './postmaster.ts'

interface Claim {
  server: Postmaster
  adopted: boolean
  /** Held by the owner: the one process that may start and stop this server. */
  lock?: Lock
}

const PATIENCE_MS = 30_000

/**
 * Finds the server that runs on the folder, or starts one. The lock comes with it unless a living process owns the server already;
 * while that one is still starting it, this waits.
 */
export async function claim(files: ClusterFiles, start: () => Promise<Postmaster>): Promise<Claim> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const lock = tryLock(files.lock)
    try {
      const running = await findResponding(files)
      if (running) return { server: running, adopted: true, ...(lock && { lock }) }
      if (lock) return { server: await start(), adopted: false, lock }
    } catch (error) {
      lock?.release()
      throw error
    }
    if (performance.now() > deadline) {
      throw new ClusterError(
        `Another process owns the database in ${files.data} but does not get it to run. End that process and try again.`,
      )
    }
    await sleep(50)
  }
}

/** The server that runs on the folder, once it responds; undefined when there is none or it has just stopped. */
async function findResponding(files: ClusterFiles): Promise<Postmaster | undefined> {
  const deadline = performance.now() + PATIENCE_MS
  for (;;) {
    const running = findPostmaster(files.data)
    if (!running) return undefined
    if (running.status === 'ready' && (await accepts(running, readPassword(files)))) return running
    if (performance.now() > deadline) {
      throw new ClusterError(
        `PostgreSQL (process ${running.pid}) runs on ${files.data} but does not respond. End it and try again.`,
      )
    }
    await sleep(50)
  }
}

async function accepts(server: Postmaster, password: string): Promise<boolean> {
  const sql = postgres(clusterUrl(server, password, 'postgres'), { max: 1, connect_timeout: 5 })
  try {
    await sql`select 1`
    return true
  } catch (cause) {
    if (!isWrongPassword(cause)) return false
    const message = `The server on port ${server.port} refuses the password kept beside its data folder.`
    throw new ClusterError(message, { cause })
  } finally {
    await sql.end({ timeout: 1 })
  }
}

function isWrongPassword(error: unknown): boolean {
  return error instanceof postgres.PostgresError && error.code === '28P01'
}

export function clusterUrl({ port }: Postmaster, password: string, database: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`
}

export interface Lock {
  release(): void
}

// A collected handle would close its file and with it lose the lock.
const held = new Set<DatabaseSync>()

/**
 * Takes the lock, or returns undefined while somebody else has it. The operating system frees it when its holder dies,
 * however that happens: a recorded process id could by then belong to another process. Node has no flock, SQLite does.
 */
export function tryLock(file: string): Lock | undefined {
  const handle = new DatabaseSync(file, { timeout: 0 })
  try {
    handle.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    handle.close()
    if (isBusy(error)) return undefined
    throw error
  }
  held.add(handle)
  return {
    release() {
      if (held.delete(handle)) handle.close()
    },
  }
}

const SQLITE_BUSY = 5

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}
