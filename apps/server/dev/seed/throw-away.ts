import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cluster, startCluster } from '@galley/embedded-postgres'
import { prepareDatabase } from '@galley/db/prepare'
import { createDeps } from '../../src/deps.ts'
import { parseEnv } from '../../src/env.ts'
import { appUrlOf } from '../services.ts'
import { seed } from './seed.ts'

export type SeededDatabase = AsyncDisposable & {
  appUrl: string
  /** Of the operator, who may do anything. */
  migrationUrl: string
  /** As it was started first. */
  cluster: Cluster
  readonly postgresPid: number
  /** Where the data really is. */
  dataDir: string
  /** Sends it to all of its processes. */
  signal(name: NodeJS.Signals): void
  /** Shuts it down as an operator would: running transactions are rolled back. */
  stop(): Promise<void>
  /** Ends all of its processes at once, as a machine that dies. */
  kill(): Promise<void>
  /** Starts it again on its port, after `stop` or `kill`. */
  start(): Promise<void>
}

type Options = {
  /** Whether what is acknowledged outlives `kill`, as in production. */
  durable?: boolean
  /** Where its folder is made: among the temporary files. */
  folder?: string | undefined
  /** Variables that PostgreSQL is started with. */
  env?: Record<string, string>
}

/** The demonstration publication in a PostgreSQL of its own, which is removed at the end. */
export async function startSeededDatabase(
  encryptionKeys: string,
  { durable = false, folder: parent = tmpdir(), env = {} }: Options = {},
): Promise<SeededDatabase> {
  const folder = await mkdtemp(join(parent, 'galley-seeded-'))
  // As root the server has an account of its own, which must be able to pass.
  await chmod(folder, 0o711)
  const options = { dataDir: join(folder, 'postgres'), durable, env }
  let cluster = await startCluster(options)
  const { port, dataDir } = cluster
  const migrationUrl = await cluster.ensureDatabase('galley')
  const appUrl = appUrlOf(migrationUrl)
  await prepareDatabase({ migrationUrl, appUrl })
  await using deps = createDeps(
    parseEnv({ DATABASE_URL: appUrl, DATABASE_POOL_MAX: '2', ENCRYPTION_KEYS: encryptionKeys }),
  )
  await seed(deps.domain)
  const signal = (name: NodeJS.Signals) => {
    for (const pid of [cluster.pid, ...childrenOf(cluster.pid)]) send(pid, name)
  }
  return {
    appUrl,
    migrationUrl,
    cluster,
    dataDir,
    get postgresPid() {
      return cluster.pid
    },
    signal,
    stop: () => cluster.stop(),
    async kill() {
      signal('SIGKILL')
      await cluster.stop()
    },
    async start() {
      cluster = await startCluster({ ...options, port })
    },
    async [Symbol.asyncDispose]() {
      signal('SIGCONT')
      await cluster.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function childrenOf(pid: number): number[] {
  try {
    const text = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    return text.trim().split(/\s+/).map(Number)
  } catch {
    return [] // `ps` fails where there is none
  }
}

/** A connection may have ended meanwhile. */
function send(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {}
}
