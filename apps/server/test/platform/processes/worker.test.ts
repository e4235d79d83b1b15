import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { outbox } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { expect, test } from 'vitest'
import { reasonOf } from '../../../src/start-worker.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
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
  const path = fileURLToPath(new URL('../../../src/worker.ts', import.meta.url))
  const child = spawn(process.execPath, [path], {
    env: { NODE_ENV: 'test', ENCRYPTION_KEYS, DATABASE_URL: database.url, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const exit = once(child, 'exit')
  await dispatched()
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
}, 60_000)

test('the reason of a failed job is of the root of the error, and without what was sent', async () => {
  const secret = 'what-somebody-typed'
  const failed: unknown = await database.db
    .insert(outbox)
    .values({ id: secret, event: secret, payload: {}, requestId: '' })
    .catch((error: unknown) => error)
  expect(reasonOf(failed)).toBe('invalid input syntax for type uuid: "…" (22P02)')
})
