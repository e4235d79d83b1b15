import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll } from 'vitest'
import { testRedisUrl } from './env.ts'
import { freePort, listening } from './free-port.ts'
import { redisBinary } from './redis-binary.ts'

export { noRedis, noRedisBinary } from './redis-binary.ts'

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

/** For the keys of one test, on a server that others use too. */
export const randomPrefix = () => `test-${randomBytes(6).toString('hex')}:`
