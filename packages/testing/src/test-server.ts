import { chmodSync, existsSync, globSync, mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { removeCluster, startCluster } from '@galley/embedded-postgres'
import { sharedTestServer, testDatabaseUrl } from './env.ts'
import { clearServer, prepareServer, type TestServer } from './server.ts'

interface StartedServer {
  server: TestServer
  stop(): Promise<void>
}

/**
 * A PostgreSQL with a migrated template: that of the run of several workspaces which this one is part of, that of
 * TEST_DATABASE_URL, or one of its own.
 */
export async function startTestServer(): Promise<StartedServer> {
  if (sharedTestServer) return { server: sharedTestServer, stop: async () => {} }
  if (testDatabaseUrl) {
    const server = await prepareServer(testDatabaseUrl)
    return { server, stop: () => clearServer(server) }
  }
  const parent = parentFolder()
  const cluster = await startThrowAwayCluster(parent)
  try {
    const strategy = parent === MEMORY ? 'file_copy' : 'wal_log'
    return { server: await prepareServer(cluster.url, strategy), stop: cluster.remove }
  } catch (error) {
    await cluster.remove()
    throw error
  }
}

const PREFIX = 'galley-test-'
const MEMORY = '/dev/shm'
/** The databases of a run and its log of writes take half a gigabyte at most, and other programs run beside it. */
const ROOM_BYTES = 4_000_000_000

/**
 * In memory where there is room: each test file makes a database of 700 files and drops it, and ext4 looks long for an inode after
 * so many were given back.
 */
function parentFolder(): string {
  const { bavail, bsize } = existsSync(MEMORY) ? statfsSync(MEMORY) : { bavail: 0, bsize: 0 }
  const room = Math.min(bavail * bsize, process.availableMemory())
  return room > ROOM_BYTES ? MEMORY : tmpdir()
}

/** A cluster for one run, gone with the process however that ends; what a killed run left is removed by the next one. */
async function startThrowAwayCluster(parent: string) {
  await sweep()
  const folder = mkdtempSync(path.join(parent, PREFIX))
  // As root the server has an account of its own, which must be able to pass.
  chmodSync(folder, 0o711)
  const dataDir = path.join(folder, 'postgres')
  const cluster = await startCluster({ dataDir, durable: false })

  // After Ctrl-C vitest exits without a teardown, and nothing asynchronous runs any more.
  const removeAtOnce = () => {
    process.kill(cluster.pid, 'SIGQUIT')
    const pidFile = path.join(cluster.dataDir, 'postmaster.pid')
    for (let tries = 0; tries < 100 && existsSync(pidFile); tries += 1) pause(20)
    for (const each of [cluster.dataDir, folder]) rmSync(each, { recursive: true, force: true })
  }
  process.once('exit', removeAtOnce)
  return {
    url: cluster.url(),
    remove: async () => {
      process.off('exit', removeAtOnce)
      await cluster.stop()
      await removeFolder(folder)
    },
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

// A younger one may be another run's that is only starting.
async function sweep(): Promise<void> {
  const folders = [tmpdir(), MEMORY].flatMap((parent) => globSync(path.join(parent, `${PREFIX}*`)))
  const old = folders.filter((folder) => {
    const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    return Date.now() - made > 60_000
  })
  await Promise.all(old.map(removeFolder))
}

async function removeFolder(folder: string): Promise<void> {
  if (await removeCluster(path.join(folder, 'postgres'))) {
    rmSync(folder, { recursive: true, force: true })
  }
}
