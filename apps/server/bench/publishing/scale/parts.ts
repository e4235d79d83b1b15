import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createDb } from '@galley/db/client'
import { prepareDatabase } from '@galley/db/prepare'
import { startCluster, type Cluster } from '@galley/embedded-postgres'
import { temporaryFolder } from '@galley/embedded-postgres/files'
import { startStandby } from '@galley/embedded-postgres/standby'
import { startTestRedis } from '@galley/testing/redis'
import { startS3Server } from '@galley/testing/s3-server'
import { freePort } from '@galley/testing/free-port'
import { appUrlOf } from '../../../dev/services.ts'
import { haproxyCommand } from './haproxy.ts'
import { definePart, type Part, until } from './processes.ts'

const SERVERS = 3
const WORKERS = 2

export type Site = AsyncDisposable & {
  origin: string
  databaseUrl: string
  balancer: Part
  servers: Part[]
  workers: Part[]
  primary: Database
  standby: Database
  redis: { kill(): Promise<void>; start(): Promise<void> }
  s3: { cut(): void; mend(): void }
  logFolder: string
}

type Database = { pid(): number; kill(): Promise<void>; start(): Promise<void> }

/** All of a site on this machine, each part a process of its own, but for the store of files. */
export async function startSite(): Promise<Site> {
  const logFolder = mkdtempSync(path.join(tmpdir(), 'galley-scale-'))
  mkdirSync(logFolder, { recursive: true })
  const databases = await startDatabases()
  const redis = await startRedis()
  const s3 = await startS3Server()
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const env = {
    PATH: '/usr/bin:/bin',
    NODE_ENV: 'production',
    DATABASE_URL: databases.url,
    DATABASE_REPLICA_URLS: databases.standbyUrl,
    ENCRYPTION_KEYS: `scale:${randomBytes(32).toString('base64')}`,
    SMTP_URL: 'smtp://127.0.0.1:9',
    PUBLIC_ORIGIN: origin,
    REDIS_URL: redis.url,
    TRUST_PROXY: '127.0.0.1',
    RATE_LIMIT_PER_MINUTE: '1000000',
    WEB_CONCURRENCY: '1',
    WORKER: 'none',
    S3_BUCKET: s3.options.bucket,
    S3_ENDPOINT: s3.options.endpoint,
    S3_PATH_STYLE: 'yes',
    S3_ACCESS_KEY_ID: s3.options.credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: s3.options.credentials.secretAccessKey,
  }
  const places = await Promise.all(
    Array.from({ length: SERVERS }, async (_, n) => ({
      name: `server-${n + 1}`,
      port: await freePort(),
    })),
  )
  const servers = places.map(({ name, port: at }) =>
    definePart({
      name,
      command: process.execPath,
      args: [sourceOf('main.ts')],
      env: { ...env, PORT: String(at) },
      logFile: `${logFolder}/${name}.log`,
      isReady: () => isUp(`http://127.0.0.1:${at}/health/ready`),
    }),
  )
  const workers = Array.from({ length: WORKERS }, (_, n) =>
    definePart({
      name: `worker-${n + 1}`,
      command: process.execPath,
      args: [sourceOf('worker.ts')],
      env,
      logFile: `${logFolder}/worker-${n + 1}.log`,
      // It listens to nobody; what it does shows in the database.
      isReady: async () => true,
    }),
  )
  const balancer = definePart({
    name: 'HAProxy',
    ...haproxyCommand({ port, servers: places, file: `${logFolder}/haproxy.cfg` }),
    logFile: `${logFolder}/haproxy.log`,
    isReady: () => isListening(port),
  })
  const programs = [...servers, ...workers, balancer]
  await Promise.all(programs.map((part) => part.start()))
  const emptied = s3.respond
  return {
    origin,
    databaseUrl: databases.url,
    balancer,
    servers,
    workers,
    primary: databases.primary,
    standby: databases.standby,
    redis,
    s3: {
      cut: () => emptied((request) => request.socket.destroy()),
      mend: () => emptied(s3.serve),
    },
    logFolder,
    async [Symbol.asyncDispose]() {
      await Promise.all(programs.map((part) => part.end('SIGKILL')))
      await redis.kill()
      await databases.stop()
      await s3.close()
    },
  }
}

const sourceOf = (name: string) => fileURLToPath(new URL(`../../../src/${name}`, import.meta.url))

/** Durable, as in production: what is acknowledged outlives a kill. */
async function startDatabases() {
  const folder = temporaryFolder()
  const places = { primary: folder.at('primary'), standby: folder.at('standby') }
  let primary = await startCluster({ dataDir: places.primary })
  const ports = { primary: primary.port, standby: 0 }
  const migrationUrl = await primary.ensureDatabase('galley')
  const url = appUrlOf(migrationUrl)
  await prepareDatabase({ migrationUrl, appUrl: url })
  let standby = await startStandby(primary, { dataDir: places.standby })
  ports.standby = standby.port
  return {
    url,
    standbyUrl: Object.assign(new URL(url), { port: String(ports.standby) }).href,
    primary: {
      pid: () => primary.pid,
      kill: () => kill(primary),
      async start() {
        primary = await startCluster({ dataDir: places.primary, port: ports.primary })
      },
    },
    standby: {
      pid: () => standby.pid,
      kill: () => kill(standby),
      async start() {
        const options = { dataDir: places.standby, port: ports.standby }
        standby = await startStandby(primary, options)
        await until(() => isStreaming(primary.url()))
      },
    },
    async stop() {
      await standby.stop()
      await primary.stop()
      folder[Symbol.dispose]()
    },
  }
}

async function kill(cluster: Cluster) {
  process.kill(cluster.pid, 'SIGKILL')
  await cluster.stop()
}

async function isStreaming(url: string) {
  await using database = createDb(url, { max: 1 })
  const rows = await database.sql`select from pg_stat_replication where state = 'streaming'`
  return rows.length > 0
}

async function startRedis() {
  const port = await freePort()
  let redis = await startTestRedis(port)
  return {
    url: redis.url,
    kill: () => redis.kill(),
    async start() {
      redis = await startTestRedis(port)
    },
  }
}

async function isUp(address: string) {
  try {
    const response = await fetch(address)
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const end = (is: boolean) => {
      socket.destroy()
      resolve(is)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })
}
