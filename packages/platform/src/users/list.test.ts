import { sessions } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { expectPages } from '../../test/pages.ts'
import type { SessionCtx } from '../ctx.ts'
import { listUsers } from './list.ts'

const domain = useTestDomain()
const { database } = domain
const client = { ip: '192.0.2.1', userAgent: 'test' }

describe('listUsers', () => {
  const usernames = async (by: SessionCtx, input: Partial<Parameters<typeof listUsers>[1]>) =>
    (await listUsers(by, { limit: 20, ...input })).items.map(({ username }) => username)

  test('finds by the beginning of username and address, role and status', async () => {
    const admin = await domain.person({ role: 'admin', username: 'the-lister' })
    const people = [
      { username: 'find-a', role: 'reader' as const },
      { username: 'find-b', status: 'suspended' as const },
      { username: 'zoe-c', email: 'find_me@example.com' },
    ]
    for (const [second, person] of people.entries()) {
      await insertUser(database.db, { ...person, createdAt: new Date(Date.now() + second * 1_000) })
    }
    expect(await usernames(admin, { query: 'FIND' })).toEqual(['zoe-c', 'find-b', 'find-a'])
    expect(await usernames(admin, { query: 'find', role: 'reader' })).toEqual(['find-a'])
    expect(await usernames(admin, { query: 'find', status: 'suspended' })).toEqual(['find-b'])
  })

  test.each(['%', '_', 'find_', String.raw`\ `, "' or 1=1 --"])(
    'IN6 %s means itself',
    async (query) => {
      const admin = await domain.person({ role: 'admin' })
      const found = await usernames(admin, { query })
      expect(found).toEqual(query === 'find_' ? ['zoe-c'] : [])
    },
  )

  test('says what the caller may do, and when the person was last seen', async () => {
    const editor = await domain.person({ role: 'editor' })
    const { id } = await insertUser(database.db, { username: 'seen-one' })
    const older = new Date('2026-01-02T03:04:05.678Z')
    await domain.anonymous().sessions.create(database.db, id, client)
    await database.db.update(sessions).set({ lastSeenAt: older }).where(eq(sessions.userId, id))
    await insertUser(database.db, { username: 'seen-never', role: 'admin' })
    const { items } = await listUsers(editor, { query: 'seen', limit: 20 })
    expect(items).toMatchObject([
      {
        username: 'seen-never',
        lastSeenAt: null,
        can: { grant: [], suspend: false, restore: false, revokeSessions: false },
      },
      {
        username: 'seen-one',
        email: 'seen-one@example.com',
        emailVerified: true,
        lastSeenAt: older.toISOString(),
        can: { grant: ['reader', 'author'], suspend: true, restore: false, revokeSessions: true },
      },
    ])
  })

  test('pages follow each other without gap or repeat', async () => {
    const admin = await domain.person({ role: 'admin' })
    const createdAt = new Date('2026-02-01T00:00:00Z')
    const people = await Promise.all(
      Array.from({ length: 5 }, (_, n) =>
        insertUser(database.db, { username: `paged-${n}`, createdAt }),
      ),
    )
    // Of the same moment: then by id, and ids of one millisecond are in no order.
    const expected = people
      .map(({ id }) => id)
      .toSorted()
      .toReversed()
    await expectPages((input) => listUsers(admin, { ...input, query: 'paged' }), 5)
    const found: string[] = []
    let cursor: string | undefined
    do {
      const page = await listUsers(admin, { query: 'paged', limit: 2, cursor })
      found.push(...page.items.map(({ id }) => id))
      cursor = page.page.nextCursor ?? undefined
    } while (cursor)
    expect(found).toEqual(expected)
  })

  test.each([1, 10, 50])('of %i is one statement', async (rows) => {
    const admin = await domain.person({ role: 'admin' })
    for (let n = 0; n < rows; n++) {
      const user = await insertUser(database.db, { username: `many-${rows}-${n}` })
      await domain.anonymous().sessions.create(database.db, user.id, client)
    }
    database.statements.length = 0
    const { items } = await listUsers(admin, { query: `many-${rows}-`, limit: 100 })
    expect(items).toHaveLength(rows)
    expect(database.statements).toHaveLength(1)
  })
})
