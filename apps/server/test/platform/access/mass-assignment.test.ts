import { insertUser } from '@galley/testing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { callInOrder } from './call-in-order.ts'
import { call } from './call.ts'
import { procedures } from './procedures.ts'
import { changedTables, createSnapshots } from './snapshot.ts'

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
  scopes: ['profile:write'],
  can: { edit: true },
  isAdmin: true,
}

const mutations = [...procedures.values()].filter(({ type }) => type === 'mutation')

test.each(mutations.map((procedure) => [procedure.path, procedure] as const))(
  'AZ4 %s takes no field but its own',
  async (_, procedure) => {
    const { input, headers } = await callInOrder(app, procedure)
    const before = await snapshot()
    for (const [field, value] of Object.entries(smuggled)) {
      if (procedure.fields.has(field)) continue
      const given = { ...input, [field]: value }
      const { outcome, statusCode } = await call(app, procedure, given, headers)
      expect([field, outcome, statusCode]).toEqual([field, 'request/invalid', 400])
    }
    expect(changedTables(before, await snapshot())).toEqual([])
  },
)
