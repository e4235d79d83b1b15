import { globSync } from 'node:fs'
import { sessions } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { matrix } from './matrix.ts'
import { procedures } from './procedures.ts'
import { changedTables, createSnapshots } from './snapshot.ts'

const app = useApp({ LOG_LEVEL: 'silent' })
let snapshot: Awaited<ReturnType<typeof createSnapshots>>

beforeAll(async () => {
  snapshot = await createSnapshots(app.database)
})

test('AZ2 every procedure has a row, and every row a procedure', () => {
  expect([...new Set(matrix.map(({ procedure }) => procedure))].toSorted()).toEqual(
    [...procedures.keys()].toSorted(),
  )
})

test('every file of rows is run by a test beside it', () => {
  const files = globSync('**/access/rows/*.ts', { cwd: new URL('../..', import.meta.url) })
  const tested = files.filter((name) => name.endsWith('.test.ts')).toSorted()
  const rows = files.filter((name) => !name.endsWith('.test.ts')).toSorted()
  expect(tested.map((name) => name.replace('.test.ts', '.ts'))).toEqual(rows)
})

test('a change is seen, and where; being used is none', async () => {
  const { db, sql } = app.database
  const { id: userId } = await insertUser(db)
  const expiresAt = new Date(Date.now() + 60_000)
  const session = { id: 'a'.repeat(64), userId, expiresAt, absoluteExpiresAt: expiresAt }
  const first = await snapshot()
  await db.insert(sessions).values(session)
  const second = await snapshot()
  expect(changedTables(first, second)).toEqual(['sessions'])
  await sql`update sessions set last_seen_at = now()`
  expect(changedTables(second, await snapshot())).toEqual([])
  await sql`update sessions set ip = '192.0.2.1'`
  await sql`update users set bio = 'New.' where id = ${userId}`
  expect(changedTables(second, await snapshot())).toEqual(['sessions', 'users'])
})

test('no two rows are about the same', () => {
  const titles = matrix.map(({ procedure, on }) => `${procedure} ${on}`)
  expect(new Set(titles).size).toBe(titles.length)
})
