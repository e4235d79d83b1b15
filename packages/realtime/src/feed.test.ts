import { useTestDatabase } from '@galley/testing/database'
import { expect, onTestFinished, test } from 'vitest'
import { CHANNEL, emit, emitMany, emitQuietly, openTransaction } from '../test/events.ts'
import { createFeed, type Batch } from './feed.ts'

const database = useTestDatabase()

async function begin({ listen = database.listen } = {}) {
  const feed = createFeed({ db: database.db, listen, channel: CHANNEL })
  onTestFinished(() => feed.close())
  const batches: Batch[] = []
  await feed.start(async (batch) => void batches.push(batch))
  const numbers = () => batches.flatMap(({ events }) => events?.map(({ payload }) => payload['n']))
  return { feed, batches, numbers }
}

test('what is committed is handed on once, what was before is not, and what is rolled back never', async () => {
  await emit(database.db, 0)
  const { numbers } = await begin()
  await emit(database.db, 1)
  await expect(
    database.db.transaction(async (tx) => {
      await emit(tx, 2)
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  await emit(database.db, 3)
  await expect.poll(numbers).toEqual([1, 3])
})

test('an event that was written first and committed last is not missed', async () => {
  const { numbers, feed } = await begin()
  const early = await openTransaction(database.db)
  await emit(early.db, 1)
  await emit(database.db, 2)
  await expect.poll(numbers).toEqual([2])
  const before = feed.at
  await early.commit()
  await expect.poll(numbers).toEqual([2, 1])
  // Others may run beside it in the cluster.
  expect(before?.running).not.toEqual([])
})

test('what is handed on at one process and missed at another comes once there', async () => {
  const { feed } = await begin()
  const early = await openTransaction(database.db)
  await emit(early.db, 1)
  await emit(database.db, 2)
  const other = await begin()
  const { at: known } = other.feed
  await early.commit()
  await emit(database.db, 3)
  await feed.start(async () => {})
  const { at } = feed
  if (!known || !at) throw new Error('No place')
  const missed = await feed.between(known, at)
  expect(missed?.map(({ payload }) => payload['n'])).toEqual([1, 3])
  expect(await feed.between(at, at)).toEqual([])
  const future = { ...at, xmax: at.xmax + 1_000_000 }
  expect(await feed.between(future, at)).toBeNull()
})

test('more than can be told one by one is no list of events', async () => {
  const { batches, feed } = await begin()
  const { at: before } = feed
  await emitMany(database, 5_001)
  await expect.poll(() => batches.at(-1)?.events).toBeNull()
  await emit(database.db, 6)
  await expect.poll(() => batches.at(-1)?.events?.length).toBe(1)
  const { at } = feed
  if (!before || !at) throw new Error('No place')
  expect(await feed.between(before, at)).toBeNull()
})

test('without notifications it looks by itself, and listens again', async () => {
  let tries = 0
  const { numbers } = await begin({
    listen: async (...given) => {
      tries += 1
      if (tries === 1) throw new Error('There is no database')
      return database.listen(...given)
    },
  })
  await emitQuietly(database.db, 1)
  await expect.poll(numbers).toEqual([1])
  expect(tries).toBe(2)
})

test('a connection that was lost loses nothing', async () => {
  const { numbers } = await begin()
  await emit(database.db, 1)
  await expect.poll(numbers).toEqual([1])
  await database.asOperator(
    (admin) => admin`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`,
  )
  await expect
    .poll(() =>
      emit(database.db, 2).then(
        () => 'written',
        () => 'lost',
      ),
    )
    .toBe('written')
  await expect.poll(numbers).toEqual([1, 2])
})

test('who stops hears nothing more', async () => {
  const { feed, numbers, batches } = await begin()
  feed.stop()
  await emit(database.db, 1)
  await feed.start(async (batch) => void batches.push(batch))
  await emit(database.db, 2)
  await expect.poll(numbers).toEqual([2])
})
