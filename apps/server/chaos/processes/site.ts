import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type MailSink, startMailSink } from '@galley/testing/mail-sink'
import { freePort } from '@galley/testing/free-port'
import { treeOf } from '../../trials/processes.ts'
import type { World } from '../../trials/trial.ts'
import { definePart, type Part } from '../../bench/publishing/scale/processes.ts'
import { type SeededDatabase, startSeededDatabase } from '../../dev/seed/throw-away.ts'

export type Site = {
  /** Where it listens. */
  origin: string
  /** What browsers would call it. */
  publicOrigin: string
  database: SeededDatabase
  mails: MailSink
  /** `pnpm start`: with several processes, the first watches over the others. */
  server: Part
  workers: Part[]
  env: Record<string, string>
  logFolder: string
}

type Options = {
  workers?: number
  env?: Record<string, string>
  /** Variables that PostgreSQL is started with. */
  databaseEnv?: Record<string, string>
  /** What is run in front of Node for the server, and after its path. */
  command?: { program: string; args: string[] }
}

/** A server and workers in processes of their own, beside a database that stays. All of it ends with the trial. */
export async function startSite(
  { ending }: World,
  { workers: count = 1, env: more, databaseEnv = {}, command }: Options = {},
): Promise<Site> {
  const keys = `chaos:${randomBytes(32).toString('base64')}`
  const mails = await startMailSink()
  ending.defer(mails.close)
  const database = ending.use(await startSeededDatabase(keys, { env: databaseEnv }))
  const logFolder = mkdtempSync(path.join(tmpdir(), 'galley-chaos-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = {
    PATH: '/usr/bin:/bin',
    NODE_ENV: 'production',
    DATABASE_URL: database.appUrl,
    ENCRYPTION_KEYS: keys,
    SMTP_URL: mails.url,
    PUBLIC_ORIGIN: `http://localhost:${port}`,
    PORT: String(port),
    RATE_LIMIT_PER_MINUTE: '1000000',
    MEDIA_FOLDER: path.join(logFolder, 'media'),
    WORKER: 'none',
    ...more,
  }
  const { program, args } = command ?? { program: process.execPath, args: [] }
  const server = definePart({
    name: 'server',
    command: program,
    args: [...args, sourceOf('main.ts')],
    env,
    logFile: `${logFolder}/server.log`,
    isReady: () => isUp(`${origin}/health/live`),
  })
  const workers = Array.from({ length: count }, (_, n) => {
    const logFile = `${logFolder}/worker-${n + 1}.log`
    let starts = 0
    return definePart({
      name: `worker-${n + 1}`,
      command: process.execPath,
      args: [sourceOf('worker.ts')],
      env,
      logFile,
      // It listens to nobody; each start says once that it takes jobs.
      isReady: async () => {
        const said = readFileSync(logFile, 'utf8').split('worker takes jobs').length - 1
        if (said <= starts) return false
        starts = said
        return true
      },
    })
  })
  const parts = [server, ...workers]
  ending.defer(async () => {
    const left = treeOf(server.pid)
    await Promise.all(parts.map((part) => part.end('SIGKILL')))
    for (const pid of left) kill(pid)
  })
  await Promise.all(parts.map((part) => part.start()))
  return {
    origin,
    publicOrigin: env.PUBLIC_ORIGIN,
    database,
    mails,
    server,
    workers,
    env,
    logFolder,
  }
}

const sourceOf = (name: string) => fileURLToPath(new URL(`../../src/${name}`, import.meta.url))

async function isUp(address: string) {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(2_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/** One that is gone already is no fault. */
export function kill(pid: number, signal: NodeJS.Signals = 'SIGKILL') {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended.
  }
}
