import { users } from '@galley/db/schema'
import postgres from 'postgres'
import { describe, expect, inject, test } from 'vitest'
import { createTestDatabase, useTestDatabase } from './database.ts'
import { insertUser } from './factories.ts'

describe('createTestDatabase', () => {
  test('gives each caller a migrated database of its own', async () => {
    await using one = await createTestDatabase()
    await using two = await createTestDatabase()
    await insertUser(one.db)
    expect(await one.db.$count(users)).toBe(1)
    expect(await two.db.$count(users)).toBe(0)
  })

  test('serves many at once', async () => {
    const databases = await Promise.all(Array.from({ length: 8 }, createTestDatabase))
    expect(new Set(databases.map(({ url }) => url)).size).toBe(8)
    await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()))
  })

  test('drops the database though somebody is connected', async () => {
    const database = await createTestDatabase()
    const other = postgres(database.url, { max: 1 })
    await other`select 1`
    await database[Symbol.asyncDispose]()
    const name = new URL(database.url).pathname.slice(1)
    const admin = postgres(inject('postgres').adminUrl, { max: 1 })
    expect(await admin`select from pg_database where datname = ${name}`).toHaveLength(0)
    await Promise.all([other.end({ timeout: 1 }), admin.end({ timeout: 1 })])
  })

  test('records the statements that were sent', async () => {
    await using database = await createTestDatabase()
    await database.db.$count(users)
    expect(database.statements).toEqual(['select count(*) as count from "users";'])
  })
})

describe('useTestDatabase', () => {
  const database = useTestDatabase()

  test('gives the tests of a file one database', async () => {
    await insertUser(database.db)
    const [count] = await database.sql`select count(*)::int as users from users`
    expect(count).toEqual({ users: 1 })
  })

  test('which keeps what the test before wrote', async () => {
    expect(await database.db.$count(users)).toBe(1)
    expect(database.statements.at(-1)).toBe('select count(*) as count from "users";')
    expect(new URL(database.url).pathname).toContain('galley_test_')
  })
})
