import { insertUser } from '@galley/testing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { call, credentialsOf } from './call.ts'
import { callerNames, callers } from './callers.ts'
import { matrix } from './matrix.ts'
import { procedures, type Procedure } from './procedures.ts'
import { changedTables, createSnapshots } from './snapshot.ts'
import { createWorld } from './world.ts'

const app = useApp({ LOG_LEVEL: 'silent' })
let snapshot: Awaited<ReturnType<typeof createSnapshots>>

beforeAll(async () => {
  snapshot = await createSnapshots(app.database)
  await insertUser(app.database.db, { role: 'admin' })
})

/** Columns and the like that no caller sets, with values that would do harm. */
const smuggled: Record<string, unknown> = {
  role: 'admin',
  status: 'published',
  authorId: '01900000-0000-7000-8000-000000000000',
  userId: '01900000-0000-7000-8000-000000000000',
  ownerId: '01900000-0000-7000-8000-000000000000',
  id: '01900000-0000-7000-8000-000000000000',
  slug: 'mine',
  publishedAt: '2020-01-01T00:00:00.000Z',
  createdAt: '2020-01-01T00:00:00.000Z',
  deletedAt: null,
  emailVerifiedAt: '2020-01-01T00:00:00.000Z',
  emailVerified: true,
  tokenVersion: 1,
  version: 1,
  bodyHtml: '<script>alert(1)</script>',
  passwordHash: 'x',
  scopes: ['articles:write'],
  can: { edit: true },
  isAdmin: true,
}

const mutations = [...procedures.values()].filter(({ type }) => type === 'mutation')

test.each(mutations.map((procedure) => [procedure.path, procedure] as const))(
  'AZ4 %s takes no field but its own',
  async (_, procedure) => {
    const { input, headers } = await callInOrder(procedure)
    const before = await snapshot()
    for (const [field, value] of Object.entries(smuggled)) {
      if (procedure.fields.has(field)) continue
      const { outcome, statusCode } = await call(
        { app: app.app, database: app.database },
        procedure,
        { ...input, [field]: value },
        headers,
      )
      expect([field, outcome, statusCode]).toEqual([field, 'request/invalid', 400])
    }
    expect(changedTables(before, await snapshot())).toEqual([])
  },
)

/** A call that the matrix says is done, or where none is, that gets furthest: by an admin. */
async function callInOrder({ path, scope }: Procedure) {
  const rows = matrix.filter(({ procedure }) => procedure === path)
  const row = rows.find(({ expected }) => Object.values(expected).includes('ok')) ?? rows[0]
  if (!row) throw new Error(`${path} has no row`)
  const caller = callerNames.find((name) => row.expected[name] === 'ok') ?? 'admin'
  const world = await createWorld(app.database.db, callers[caller])
  const input = Object(await row.input?.(world))
  const on = { app: app.app, database: app.database }
  return { input, headers: await credentialsOf(on, caller, { user: world.caller, scope }) }
}
