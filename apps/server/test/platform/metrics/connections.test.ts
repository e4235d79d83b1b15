import { sweepJobs } from '@galley/platform/sweeps'
import { noRedis, useTestRedis } from '@galley/testing/redis'
import { describe, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { useWorker } from '../../worker.ts'
import { seriesOf, sumOf } from './exposition.ts'

const OPERATIONS = 'db_client_operation_duration_seconds_count'

describe.skipIf(noRedis)(`Redis${noRedis}`, () => {
  const redis = useTestRedis()
  const on = useNotesApp(async () => ({ REDIS_URL: redis.url }), { measured: true })

  test('commands are counted by name, where they go and how they fail', async () => {
    const { signInThrottle } = on.deps.domain
    for (let tries = 0; tries < 3; tries += 1) {
      await signInThrottle.attempt({ account: 'somebody', address: '203.0.113.7' })
    }
    const client = { db_system_name: 'redis', server_address: '127.0.0.1' }
    const series = await seriesOf(on.metrics())
    const count = (labels: Record<string, string>) =>
      sumOf(series, OPERATIONS, { ...client, ...labels })
    expect(count({ db_operation_name: 'EVALSHA' })).toBeGreaterThanOrEqual(3)
    // What the connection begins with.
    expect(count({ db_operation_name: 'other' })).toBeGreaterThan(0)
    expect(sumOf(series, OPERATIONS.replace('_count', '_sum'), client)).toBeGreaterThan(0)
    const text = JSON.stringify(series)
    for (const value of ['somebody', '203.0.113.7']) expect(text).not.toContain(value)
  })
})

describe('a Redis that is away', () => {
  const on = useNotesApp({ REDIS_URL: 'redis://127.0.0.1:1' }, { measured: true })

  test('its commands fail by "connection", and the statements that stand in go to the primary', async () => {
    await on.deps.domain.signInThrottle.attempt({ account: 'somebody', address: '203.0.113.7' })
    const series = await seriesOf(on.metrics())
    const failed = { db_system_name: 'redis', error_type: 'connection', server_port: '1' }
    expect(sumOf(series, OPERATIONS, failed)).toBeGreaterThan(0)
    const statements = { db_system_name: 'postgresql', galley_db_role: 'primary' }
    expect(sumOf(series, OPERATIONS, statements)).toBeGreaterThan(0)
  })
})

describe('the queues', () => {
  const on = useNotesApp({}, { measured: true })
  useWorker(on, true)

  test('their pools are counted beside the one of calls', async () => {
    const { db } = on.database
    await db.transaction((tx) => on.deps.domain.jobs.enqueue(tx, sweepJobs, {}))
    const limits = async () => {
      const series = await seriesOf(on.metrics())
      const states = series.filter(({ name }) => name === 'db_client_connection_count')
      for (const { value } of states) expect(value).toBeGreaterThanOrEqual(0)
      const byPool = series
        .filter(({ name }) => name === 'db_client_connection_limit')
        .map(({ labels, value }) => [labels['db_client_connection_pool_name'], value])
      return Object.fromEntries(byPool)
    }
    await expect
      .poll(limits)
      .toEqual({ 'galley-server': expect.any(Number), 'galley-jobs': 4, 'galley-jobs-sender': 1 })
  })
})

describe('statements that fail', () => {
  const on = useNotesApp({}, { measured: true })

  test('one that took too long is a timeout, and is told from a database that shuts down', async () => {
    const { db } = on.deps.domain
    const slow = db.transaction(async (tx) => {
      await tx.execute('set local statement_timeout = 10')
      await tx.execute('select pg_sleep(5)')
    })
    await expect(slow).rejects.toThrow()
    const shutDown = `do $$ begin raise exception using errcode = '57P01'; end $$`
    await expect(db.execute(shutDown)).rejects.toThrow()
    const series = await seriesOf(on.metrics())
    const failed = (error_type: string) => sumOf(series, OPERATIONS, { error_type })
    expect([failed('timeout'), failed('57')]).toEqual([1, 1])
  })
})
