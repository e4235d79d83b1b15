import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { openNetwork } from '../test/network.ts'
import { terminate } from '../test/terminate.ts'
import { createDb } from './client.ts'
import { isConnectionError } from './errors.ts'

const cluster = useCluster()
let admin: postgres.Sql
beforeAll(() => {
  admin = postgres(cluster.current.url(), { max: 1 })
})
afterAll(() => admin.end({ timeout: 1 }))

describe('createDb', () => {
  test('sets what the server enforces', async () => {
    await using pool = createDb(cluster.current.url(), { applicationName: 'test of settings' })
    const [settings] = await pool.sql`
      select current_setting('statement_timeout') as statement,
        current_setting('lock_timeout') as lock,
        current_setting('idle_in_transaction_session_timeout') as idle,
        current_setting('application_name') as name`
    expect(settings).toEqual({
      statement: '5s',
      lock: '3s',
      idle: '10s',
      name: 'test of settings',
    })
  })

  test('reports statements without their values', async () => {
    const statements: string[] = []
    await using pool = createDb(cluster.current.url(), {
      onQuery: (statement) => statements.push(statement),
    })
    await pool.db.execute(sql`select ${'a secret'}::text`)
    await pool.db.transaction((tx) => tx.execute(sql`select 2`))
    expect(statements).toEqual(['select $1::text', 'select 2'])
  })

  test('ends a statement that takes too long', async () => {
    await using pool = createDb(cluster.current.url(), { statementTimeoutMs: 100 })
    const error = await pool.db.execute(sql`select pg_sleep(20)`).catch((reason) => reason)
    expect(error.cause).toMatchObject({ code: '57014' })
    expect(isConnectionError(error)).toBe(true)
    await pool.ping(2_000)
  })

  test('cuts a connection on which the server fell silent', async () => {
    await using pool = createDb(cluster.current.url(), { max: 1, silenceTimeoutMs: 300 })
    const [backend] = await pool.sql`select pg_backend_pid() as pid`
    process.kill(backend?.pid, 'SIGSTOP')
    try {
      const error = await pool.db.execute(sql`select 1`).catch((reason) => reason)
      expect(isConnectionError(error)).toBe(true)
      await pool.ping(2_000)
    } finally {
      process.kill(backend?.pid, 'SIGCONT')
    }
  })
})

test('a network that swallows everything: an error soon, and service soon after', async () => {
  const { port: behind } = new URL(cluster.current.url())
  await using network = await openNetwork(Number(behind))
  const through = new URL(cluster.current.url())
  through.port = String(network.port)
  await using pool = createDb(through.href, { max: 2, statementTimeoutMs: 500 })
  await Promise.all([pool.ping(2_000), pool.sql`select pg_sleep(0.1)`])

  network.swallow(true)
  const begun = performance.now()
  const errors = await Promise.all(
    Array.from({ length: 5 }, () => pool.sql`select 1`.catch((reason) => reason)),
  )
  expect(errors.filter(isConnectionError)).toHaveLength(5)
  // 3.5 s for what was open, then 5 s for another connection.
  expect(performance.now() - begun).toBeLessThan(15_000)
  network.swallow(false)
  const healed = performance.now()
  await expect.poll(() => pool.ping(1_000).then(() => true), { timeout: 10_000 }).toBe(true)
  expect(performance.now() - healed).toBeLessThan(5_000)
}, 40_000)

describe('close', () => {
  test('returns in time although a backend died in a query', async () => {
    const pool = createDb(cluster.current.url(), { max: 1, applicationName: 'died' })
    const query = pool.db.execute(sql`select pg_sleep(20)`).catch((reason) => reason)
    await terminate(admin, 'died')
    expect(isConnectionError(await query)).toBe(true)
    await within(3_000, pool.close())
  })

  test('cuts off what does not end in time', async () => {
    const pool = createDb(cluster.current.url(), { max: 1 })
    await pool.ping(2_000)
    const query = pool.db.execute(sql`select pg_sleep(4)`).catch((reason) => reason)
    await within(3_000, pool.close(0.1))
    expect(isConnectionError(await query)).toBe(true)
  })
})

describe('ping', () => {
  test('has a deadline', async () => {
    await using pool = createDb(cluster.current.url(), { max: 1 })
    await pool.ping(2_000)
    const busy = pool.sql`select pg_sleep(1)`.execute()
    await expect(pool.ping(50)).rejects.toThrow('The database did not respond within 50 ms')
    await expect(pool.ping(50)).rejects.toThrow('The database did not respond within 50 ms')
    await busy
    await pool.ping(2_000)
  })

  test('says when nobody is there', async () => {
    await using pool = createDb('postgres://galley:x@127.0.0.1:1/galley')
    expect(isConnectionError(await pool.ping(2_000).catch((reason) => reason))).toBe(true)
  })
})

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  const start = performance.now()
  await work
  expect(performance.now() - start).toBeLessThan(limitMs)
}
