import { sql } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { createDb } from './client.ts'
import { isConnectionError, isTransactionConflict, isUniqueViolation } from './errors.ts'

const cluster = useCluster()
let duplicate: unknown
beforeAll(async () => {
  await using pool = createDb(cluster.current.url(), { max: 1 })
  await pool.db.execute(sql`create table people (email text constraint people_email_key unique)`)
  const insert = () => pool.db.execute(sql`insert into people values (${'ada@example.org'})`)
  await insert()
  duplicate = await insert().catch((reason) => reason)
})

describe('isUniqueViolation', () => {
  test('tells a duplicate, of the constraint asked for', () => {
    expect(isUniqueViolation(duplicate)).toBe(true)
    expect(isUniqueViolation(duplicate, 'people_email_key')).toBe(true)
    expect(isUniqueViolation(duplicate, 'people_name_key')).toBe(false)
  })

  test.each([new Error('23505'), { code: '23505' }, undefined])(
    'is not taken in by %o',
    (other) => {
      expect(isUniqueViolation(other)).toBe(false)
    },
  )
})

describe('isConnectionError', () => {
  test.each([
    ['CONNECTION_CLOSED', true],
    ['CONNECT_TIMEOUT', true],
    ['ECONNREFUSED', true],
    ['08006', true],
    ['25006', true],
    ['53300', true],
    ['57014', true],
    ['57P03', true],
    ['23505', false],
    ['42P01', false],
    ['40001', false],
    ['57P04', true],
    ['ENOENT', false],
    ['x08006', false],
  ])('%s: %s', (code, expected) => {
    const cause = Object.assign(new Error('of the driver'), { code })
    expect(isConnectionError(cause)).toBe(expected)
    expect(isConnectionError(new Error('of Drizzle', { cause }))).toBe(expected)
  })

  test.each([
    ['timeout exceeded when trying to connect (Queue: letters, Worker: 1)', true],
    ['Connection terminated unexpectedly', true],
    ['Connection terminated due to connection timeout', true],
    ['Query read timeout', true],
    ['LISTEN/NOTIFY heartbeat timed out', true],
    ['the user wrote: Connection terminated', false],
  ])('%s, without a code: %s', (message, expected) => {
    expect(isConnectionError(new Error(message))).toBe(expected)
  })
})

test.each([
  ['40P01', true],
  ['40001', true],
  ['40002', false],
  ['55P03', false],
])('isTransactionConflict %s: %s', (code, expected) => {
  const cause = Object.assign(new Error('of the driver'), { code })
  expect(isTransactionConflict(new Error('of Drizzle', { cause }))).toBe(expected)
})
