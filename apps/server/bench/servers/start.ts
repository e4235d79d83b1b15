import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { freePort } from '@galley/testing/free-port'
import { waitUntilReady } from '../../dev/ports.ts'
import { benchDir } from '../publishing/data/database.ts'

/** `publicOrigin` is what browsers would call it. */
export type Server = AsyncDisposable & { origin: string; publicOrigin: string; pid: number }

type Start = {
  /** A module of this folder, or Galley's own. */
  module: string
  databaseUrl: string
  env?: Record<string, string>
  nodeOptions?: string[]
}

let started = 0

/**
 * A server in a process of its own, with the environment of production; its log goes to a file, as an operator's would.
 * Rate limits are as wide as they can be, and jobs run elsewhere: neither is what is measured.
 */
export async function startServer({
  module,
  databaseUrl,
  env = {},
  nodeOptions = [],
}: Start): Promise<Server> {
  const port = String(await freePort())
  const publicOrigin = `http://localhost:${port}`
  mkdirSync(benchDir, { recursive: true })
  started += 1
  const logFile = `${benchDir}/${started}${module.replaceAll(/\W+/g, '-')}.log`
  const log = openSync(logFile, 'w')
  const child = spawn(
    process.execPath,
    [...nodeOptions, fileURLToPath(new URL(module, import.meta.url))],
    {
      env: {
        NODE_ENV: 'production',
        DATABASE_URL: databaseUrl,
        ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
        SMTP_URL: 'smtp://127.0.0.1:9',
        PUBLIC_ORIGIN: publicOrigin,
        PORT: port,
        RATE_LIMIT_PER_MINUTE: '1000000',
        WORKER: 'none',
        PUBLIC_CACHE_MB: '0',
        SHUTDOWN_DRAIN_MS: '0',
        ...env,
      },
      stdio: ['ignore', log, log],
    },
  )
  const ended = once(child, 'exit')
  const early = ended.then(() => {
    throw new Error(`${module} ended: ${readFileSync(logFile, 'utf8').slice(-500)}`)
  })
  await Promise.race([
    waitUntilReady(`http://127.0.0.1:${port}/health/live`, AbortSignal.timeout(30_000)),
    early,
  ])
  early.catch(() => {})
  return {
    origin: `http://127.0.0.1:${port}`,
    publicOrigin,
    pid: pidOf(child),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

function pidOf({ pid }: ChildProcess) {
  if (pid === undefined) throw new Error('The server did not start')
  return pid
}
