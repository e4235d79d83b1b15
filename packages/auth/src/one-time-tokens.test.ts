import { oneTimeTokens } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { expect, test } from 'vitest'
import { createOneTimeTokens } from './one-time-tokens.ts'

const database = useTestDatabase()
const tokens = createOneTimeTokens()

test('AU7: a token works once, also when fifty use it at the same moment', async () => {
  const { id: userId } = await insertUser(database.db)
  const token = await tokens.issue(database.db, {
    purpose: 'reset',
    userId,
    data: { n: 1 },
    minutes: 5,
  })
  const uses = await Promise.all(
    Array.from({ length: 50 }, () => tokens.consume(database.db, 'reset', token)),
  )
  expect(uses.filter((use) => use !== null)).toEqual([{ userId, data: { n: 1 } }])
})

test('it serves its purpose only, and only in time', async () => {
  const token = await tokens.issue(database.db, { purpose: 'reset', minutes: 5 })
  expect(await tokens.consume(database.db, 'verify', token)).toBeNull()
  expect(await tokens.find(database.db, 'reset', token)).toEqual({ userId: null, data: {} })
  const late = await tokens.issue(database.db, { purpose: 'reset', minutes: 0 })
  expect(await tokens.consume(database.db, 'reset', late)).toBeNull()
  expect(await tokens.deleteExpired(database.db)).toBe(1)
  expect(await tokens.consume(database.db, 'reset', token)).not.toBeNull()
})

test('AU7: the store holds no token', async () => {
  const token = await tokens.issue(database.db, { purpose: 'reset', minutes: 5 })
  expect(token).toMatch(/^[\w-]{43}$/)
  const rows = await database.db.select().from(oneTimeTokens)
  expect(JSON.stringify(rows)).not.toContain(token)
})

test('one of a person can be prolonged, ended or not, for two days; neither used nor revoked ones can', async () => {
  const { db, sql } = database
  const { id: userId } = await insertUser(db)
  const issue = () => tokens.issue(db, { purpose: 'link', userId, minutes: 0 })
  const [token, used, revoked] = [await issue(), await issue(), await issue()]
  await tokens.deleteExpired(db)
  expect(await tokens.prolong(db, 'other', token, 5)).toBe(false)
  expect(await tokens.prolong(db, 'link', token, 5)).toBe(true)
  expect(await tokens.find(db, 'link', token)).toEqual({ userId, data: {} })
  await tokens.prolong(db, 'link', used, 5)
  await tokens.consume(db, 'link', used)
  await tokens.revoke(db, 'link', userId)
  for (const gone of [token, used, revoked]) {
    expect(await tokens.prolong(db, 'link', gone, 5)).toBe(false)
  }
  const old = await issue()
  await sql`update one_time_tokens set expires_at = now() - interval '49 hours'`
  await tokens.deleteExpired(db)
  expect(await tokens.prolong(db, 'link', old, 5)).toBe(false)
})

test('one that was used differs from one that never was, until it would have ended', async () => {
  const { db, sql } = database
  const token = await tokens.issue(db, { purpose: 'link', data: { a: 1 }, minutes: 5 })
  expect(await tokens.wasUsed(db, 'link', token)).toBe(false)
  const uses = await Promise.all(Array.from({ length: 10 }, () => tokens.use(db, 'link', token)))
  expect(uses.filter((use) => use !== null)).toEqual([{ userId: null, data: { a: 1 } }])
  expect(await tokens.wasUsed(db, 'link', token)).toBe(true)
  expect(await tokens.wasUsed(db, 'other', token)).toBe(false)
  expect(await tokens.find(db, 'link', token)).toBeNull()
  expect(await tokens.prolong(db, 'link', token, 5)).toBe(false)
  await sql`update one_time_tokens set expires_at = now() - interval '1 second'`
  expect(await tokens.wasUsed(db, 'link', token)).toBe(false)
})

test('those of a person end together', async () => {
  const { id: userId } = await insertUser(database.db)
  const token = await tokens.issue(database.db, { purpose: 'reset', userId, minutes: 5 })
  const other = await tokens.issue(database.db, { purpose: 'verify', userId, minutes: 5 })
  await tokens.revoke(database.db, 'reset', userId)
  expect(await tokens.consume(database.db, 'reset', token)).toBeNull()
  expect(await tokens.consume(database.db, 'verify', other)).not.toBeNull()
})

test('AU9: a token is good for so many attempts, side by side too, and can be used up in the last of them', async () => {
  const token = await tokens.issue(database.db, { purpose: 'code', minutes: 5 })
  const attempts = await Promise.all(
    Array.from({ length: 20 }, () => tokens.attempt(database.db, 'code', token, 5)),
  )
  expect(attempts.filter((attempt) => attempt !== null)).toHaveLength(5)
  expect(await tokens.attempt(database.db, 'other', token, 9)).toBeNull()
  expect(await tokens.consume(database.db, 'code', token)).not.toBeNull()
  expect(await tokens.attempt(database.db, 'code', token, 9)).toBeNull()
})
