import { outbox } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { freePort } from '@galley/testing/free-port'
import { expect, test } from 'vitest'
import { listenForProbes } from '../../../src/health/worker-probes.ts'
import { createLogger } from '../../../src/log/logger.ts'
import { reasonOf } from '../../../src/start-worker.ts'
import { startProgram } from '../../program.ts'
import { startServer } from '../../server-process.ts'

const database = useTestDatabase()

/** An event that nobody has dispatched yet; resolves once somebody has. */
async function leaveEvent() {
  const event = { event: 'test', payload: {}, requestId: 'test' }
  const [row] = await database.db.insert(outbox).values(event).returning({ id: outbox.id })
  const id = row?.id ?? ''
  const dispatched = async () => {
    const [row] = await database.sql`select dispatched_at from outbox where id = ${id}`
    return row?.dispatched_at as unknown
  }
  return () => expect.poll(dispatched, { timeout: 20_000 }).not.toBeNull()
}

test('the server runs jobs itself, and ends with code 0', async () => {
  const dispatched = await leaveEvent()
  const server = await startServer({ DATABASE_URL: database.url, WORKER: 'inline' })
  await dispatched()
  server.kill('SIGTERM')
  expect(await server.exit).toBe(0)
}, 60_000)

test('a worker runs jobs alone, and ends with code 0', async () => {
  const dispatched = await leaveEvent()
  const worker = startProgram('worker.ts', { DATABASE_URL: database.url, LOG_LEVEL: 'warn' })
  await dispatched()
  worker.kill('SIGTERM')
  expect(await worker.end()).toMatchObject({ code: 0, stderr: '' })
}, 60_000)

test('WORKER_PORT: a worker that takes jobs is ready, one that has looked for none for a minute is not alive', async () => {
  const port = await freePort()
  const worker = startProgram('worker.ts', {
    DATABASE_URL: database.url,
    LOG_LEVEL: 'warn',
    WORKER_PORT: String(port),
  })
  const ask = (what: string, at = port) =>
    fetch(`http://127.0.0.1:${at}/health/${what}`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(() => ask('ready'), { timeout: 20_000 }).toBe(200)
  expect(await ask('live')).toBe(200)
  expect(await ask('else')).toBe(404)
  worker.kill('SIGTERM')
  expect(await worker.exit).toBe(0)

  const log = await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' })
  const env = { HOST: '127.0.0.1', WORKER_PORT: await freePort() }
  const ready = Promise.withResolvers<void>()
  let silence = 59_000
  const probes = await listenForProbes(env, { ready: ready.promise, silentMs: () => silence }, log)
  const states = async () => [
    await ask('live', env.WORKER_PORT),
    await ask('ready', env.WORKER_PORT),
  ]
  expect(await states()).toEqual([200, 503])
  ready.resolve()
  expect(await states()).toEqual([200, 200])
  silence = 61_000
  probes?.leave()
  expect(await states()).toEqual([503, 503])
  probes?.close()
}, 60_000)

test('the reason of a failed job is of the root of the error, and without what was sent', async () => {
  const secret = 'what-somebody-typed'
  const failed: unknown = await database.db
    .insert(outbox)
    .values({ id: secret, event: secret, payload: {}, requestId: '' })
    .catch((error: unknown) => error)
  expect(reasonOf(failed)).toBe('invalid input syntax for type uuid: "…" (22P02)')
})
