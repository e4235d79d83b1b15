import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildApp } from '../../../src/app.ts'
import { createDeps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'
import { createLogger } from '../../../src/log/logger.ts'
import { useApp } from '../../app.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { signUp } from '../../people.ts'

describe('health', () => {
  const on = useApp()

  test('is good while the database responds', async () => {
    for (const url of ['/health/live', '/health/ready']) {
      const response = await on.app.inject(url)
      expect(response.statusCode).toBe(200)
      expect(response.json()).toMatchObject({ status: 'ok' })
      expect(response.headers['cache-control']).toBe('no-store')
    }
  })
})

/** Stands between the app and its database; `freeze` keeps connections open and passes nothing on. */
async function startProxy(target: URL) {
  let isFrozen = false
  const sockets = new Set<Socket>()
  const server: Server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (bytes) => isFrozen || upstream.write(bytes))
    upstream.on('data', (bytes) => isFrozen || client.write(bytes))
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = new URL(target)
  url.port = String((server.address() as AddressInfo).port)
  return {
    url: url.href,
    freeze: () => (isFrozen = true),
    thaw() {
      isFrozen = false
      for (const socket of sockets) socket.destroy()
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

describe('RE3 RE4 without a database', () => {
  const on = useApp()
  let proxy: Awaited<ReturnType<typeof startProxy>>
  let other: Awaited<ReturnType<typeof start>>

  async function start(url: string) {
    const env = parseEnv({
      NODE_ENV: 'test',
      DATABASE_URL: url,
      ENCRYPTION_KEYS,
      RATE_LIMIT_PER_MINUTE: '1000000', // counted together with the other server's
      LOG_LEVEL: 'silent',
    })
    const deps = createDeps(env)
    const app = await buildApp({ env, deps, logger: await createLogger(env) })
    return { app, end: () => app.close().then(() => deps[Symbol.asyncDispose]()) }
  }
  beforeAll(async () => {
    proxy = await startProxy(new URL(on.database.url))
    other = await start(proxy.url)
  })
  afterAll(async () => {
    await other.end()
    await proxy.stop()
  })

  const timed = async (url: string, headers = {}) => {
    const begun = performance.now()
    const { statusCode, body, headers: answered } = await other.app.inject({ url, headers })
    return { statusCode, body, headers: answered, ms: performance.now() - begun }
  }

  test(
    'one that does not answer: 503 in time, alive, and well again when it is back',
    { timeout: 40_000 },
    async () => {
      const person = await signUp(on)
      const headers = { cookie: person.cookie.replace('__Host-', '') }
      expect((await timed('/trpc/jobs.list', headers)).statusCode).toBe(200)
      proxy.freeze()
      const ready = timed('/health/ready')
      const call = timed('/trpc/jobs.list', headers)
      expect((await timed('/health/live')).statusCode).toBe(200)

      const { statusCode, ms, body } = await ready
      expect(statusCode).toBe(503)
      expect(JSON.parse(body)).toMatchObject({
        status: 'unavailable',
        failing: 'database',
        parts: { database: 'slow' },
      })
      expect(ms).toBeLessThan(2500)

      const late = await call
      expect(late.statusCode).toBe(503)
      expect(late.ms).toBeLessThan(11_500)
      expect(Number(late.headers['retry-after'])).toBeGreaterThan(0)
      expect(JSON.parse(late.body).error.data.reason).toBe('server/unavailable')

      proxy.thaw()
      const back = performance.now()
      while ((await timed('/trpc/jobs.list', headers)).statusCode !== 200) {
        expect(performance.now() - back).toBeLessThan(5000)
      }
    },
  )

  test('one that is not there: 503 at once', async () => {
    const cookie = `galley-session=${'a'.repeat(43)}` // looked up before the call runs
    const nowhere = await start('postgres://u:p@127.0.0.1:1/x')
    const ready = await nowhere.app.inject('/health/ready')
    expect(ready.statusCode).toBe(503)
    expect(ready.headers['retry-after']).toBe('1')
    expect(ready.json()).toMatchObject({ failing: 'database', parts: { database: 'down' } })
    expect(ready.body).not.toMatch(/127|ECONN/)
    const call = await nowhere.app.inject({ url: '/trpc/site.get', headers: { cookie } })
    expect(call.statusCode).toBe(503)
    expect(call.json().error.data.reason).toBe('server/unavailable')
    const page = await nowhere.app.inject('/health/live')
    expect(page.statusCode).toBe(200)
    await nowhere.end()
  })

  test('a table that is locked: 503 within the limits of a statement', async () => {
    const person = await signUp(on)
    const lock = await on.database.sql.reserve()
    await lock`begin`
    await lock`lock table job_runs in access exclusive mode`
    const begun = performance.now()
    const call = await on.app.inject({ url: '/trpc/jobs.list', headers: person.asBrowser })
    await lock`rollback`
    lock.release()
    expect(call.statusCode).toBe(503)
    expect(Number(call.headers['retry-after'])).toBeGreaterThan(0)
    expect(performance.now() - begun).toBeLessThan(9000)
  })
})
