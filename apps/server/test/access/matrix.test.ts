import { sessions } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { callerNames } from './callers.ts'
import { runCell } from './cell.ts'
import { matrix } from './matrix.ts'
import { procedures } from './procedures.ts'
import { changedTables, createSnapshots } from './snapshot.ts'

const app = useApp({ LOG_LEVEL: 'silent' })
let snapshot: Awaited<ReturnType<typeof createSnapshots>>

beforeAll(async () => {
  snapshot = await createSnapshots(app.database)
  await insertUser(app.database.db, { role: 'admin' }) // so that no admin of a cell is the last one
})

test('AZ2 every procedure has a row, and every row a procedure', () => {
  expect([...new Set(matrix.map(({ procedure }) => procedure))].toSorted()).toEqual(
    [...procedures.keys()].toSorted(),
  )
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

test.each(matrix.map((row) => [[row.procedure, row.on].filter(Boolean).join(': '), row] as const))(
  'AZ2 AZ3 AZ5 TK2 %s',
  async (_, row) => {
    const on = { app: app.app, database: app.database, snapshot }
    const executed: Record<string, string> = {}
    for (const caller of callerNames) executed[caller] = await runCell(on, row, caller)
    expect(executed).toEqual(row.expected)
  },
)
