import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { accessSync, constants } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll } from 'vitest'
import { searchPath, testRedisUrl } from './env.ts'

/** `redis-server` on the PATH, where there is one. */
export const redisBinary = searchPath
  .split(path.delimiter)
  .map((folder) => path.join(folder, 'redis-server'))
  .find(isExecutable)

/** Behind the name of a `describe.skipIf(noRedis)`: says why it was skipped. */
export const noRedis =
  testRedisUrl === undefined && redisBinary === undefined
    ? ' (skipped: there is neither TEST_REDIS_URL nor a redis-server on the PATH)'
    : ''

/** The same where a test must be able to stop the server. */
export const noRedisBinary =
  redisBinary === undefined ? ' (skipped: there is no redis-server on the PATH)' : ''

/** A Redis for the tests of a file or a `describe`: `TEST_REDIS_URL`, or one of their own. Use a random key prefix. */
export function useTestRedis(): { readonly url: string } {
  let started: TestRedis | undefined
  beforeAll(async () => {
    if (testRedisUrl === undefined) started = await startTestRedis()
  })
  afterAll(() => started?.kill())
  return {
    get url() {
      return testRedisUrl ?? started?.url ?? ''
    },
  }
}

export type TestRedis = {
  url: string
  /** Answers nothing and keeps its connections, until `resume`. */
  pause(): void
  resume(): void
  kill(): Promise<void>
}

/** A server that keeps nothing on disk, on a free port of the loopback address unless one is given. */
export async function startTestRedis(port?: number): Promise<TestRedis> {
  if (redisBinary === undefined) throw new Error('There is no redis-server on the PATH')
  const chosen = port ?? (await freePort())
  const options = ['--bind', '127.0.0.1', '--port', String(chosen), '--save', '']
  const server = spawn(redisBinary, [...options, '--dir', '/'], { stdio: 'ignore' })
  const exited = once(server, 'exit')
  const killAtOnce = () => server.kill('SIGKILL')
  process.once('exit', killAtOnce)
  await listening(chosen, () => server.exitCode !== null)
  return {
    url: `redis://127.0.0.1:${chosen}`,
    pause: () => void server.kill('SIGSTOP'),
    resume: () => void server.kill('SIGCONT'),
    async kill() {
      process.off('exit', killAtOnce)
      server.kill('SIGKILL')
      await exited
    },
  }
}

export const randomPrefix = () => `test-${randomBytes(6).toString('hex')}:`

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return address.port
}

async function listening(port: number, hasEnded: () => boolean): Promise<void> {
  for (let tries = 0; tries < 100 && !hasEnded(); tries += 1) {
    const socket = net.connect(port, '127.0.0.1')
    const connected = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (connected) return
    await sleep(50)
  }
  throw new Error('redis-server did not start')
}
