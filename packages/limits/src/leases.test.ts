import { useTestDatabase } from '@galley/testing/database'
import { beforeEach, expect, test } from 'vitest'
import { createLeases } from './leases.ts'
import { createPostgresCounters } from './postgres-counters.ts'

const database = useTestDatabase()
const limit = { quota: 1000, windowSeconds: 60 }
let time = Date.parse('2026-11-23T12:00:00Z')
let key = ''

beforeEach(() => {
  key = crypto.randomUUID()
  time += 3_600_000
  database.statements.length = 0
})

/** The leases of one process, on a clock that stands still until `time` moves. */
const newLeases = () =>
  createLeases(createPostgresCounters(database.db, { now: () => new Date(time) }), {
    now: () => time,
  })

test('a block of calls costs one statement, and all are counted down', async () => {
  const leases = newLeases()
  const remaining: number[] = []
  for (let calls = 0; calls < 40; calls++) {
    remaining.push((await leases.charge(key, 1, limit)).remaining)
  }
  expect(database.statements).toHaveLength(2)
  expect(remaining).toEqual(Array.from({ length: 40 }, (_, at) => 999 - at))
})

test('calls side by side share statements, and no unit is given twice', async () => {
  const leases = newLeases()
  const charges = await Promise.all(
    Array.from({ length: 1500 }, () => leases.charge(key, 1, limit)),
  )
  expect(charges.filter(({ allowed }) => allowed)).toHaveLength(1000)
  expect(database.statements.length).toBeLessThan(5)
})

test('IN5 several processes do not pass the quota, and leave little of it', async () => {
  const processes = [newLeases(), newLeases(), newLeases()]
  let allowed = 0
  for (let call = 0; call < 3000; call++) {
    const { allowed: isAllowed } = await (processes[call % 3] ?? newLeases()).charge(key, 1, limit)
    if (isAllowed) allowed++
  }
  expect(allowed).toBe(1000)
  expect(database.statements.length).toBeLessThanOrEqual(60)
})

test('over the quota nothing is asked until there can be something', async () => {
  const leases = newLeases()
  await leases.charge(key, 1000, limit)
  database.statements.length = 0
  const refused = await leases.charge(key, 10, limit)
  expect(refused).toEqual({ allowed: false, remaining: 0, resetSeconds: 61 })
  for (let calls = 0; calls < 100; calls++) await leases.charge(key, 10, limit)
  expect(leases.isUsedUp(key, limit)).toBe(true)
  expect(database.statements).toHaveLength(0)
  time += 61_800
  expect(await leases.charge(key, 10, limit)).toMatchObject({ allowed: true })
  expect(leases.isUsedUp(key, limit)).toBe(false)
  expect(database.statements).toHaveLength(1)
})

test('what is left of a block does not outlive its window', async () => {
  const leases = newLeases()
  await leases.charge(key, 1, limit)
  time += 60_000
  await leases.charge(key, 1, limit)
  expect(database.statements).toHaveLength(2)
})

test('a cost above the quota is never met, and takes nothing', async () => {
  const leases = newLeases()
  expect(await leases.charge(key, 1001, limit)).toMatchObject({ allowed: false })
  expect(await leases.charge(key, 1000, limit)).toMatchObject({ allowed: true, remaining: 0 })
})

test('when the counter fails so does the call, and the next one asks again', async () => {
  const failing = { take: () => Promise.reject(new Error('no counter')) }
  const working = createPostgresCounters(database.db)
  let current: typeof working = failing
  const leases = createLeases({ take: (demand) => current.take(demand) })
  const charges = await Promise.allSettled([1, 1].map((cost) => leases.charge(key, cost, limit)))
  expect(charges.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  current = working
  expect(await leases.charge(key, 1, limit)).toMatchObject({ allowed: true, remaining: 999 })
})
