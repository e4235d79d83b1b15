import { UserOrder } from '@galley/contract/platform/users'
import { sessions } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import type { z } from 'zod'
import { useTestDomain } from '../../test/context.ts'
import { expectOrders, expectPages } from '../../test/pages.ts'
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

  test('by name, however it is written, by username and by when they joined, either way', async () => {
    const admin = await domain.person({ role: 'admin' })
    const names = ['émile Ölund', 'Zoe', 'adam', 'Bea', '\u{1F600}'.repeat(80)]
    for (const [n, displayName] of names.entries()) {
      const createdAt = new Date(Date.UTC(2026, 1, n + 1))
      await insertUser(database.db, { username: `sort-${9 - n}`, displayName, createdAt })
    }
    const sorted = (sort: z.output<typeof UserOrder>) => usernames(admin, { query: 'sort-', sort })
    const byName = await sorted('name')
    // Where letters with marks stand is the database's own.
    const latin = byName.filter((username) => ['sort-8', 'sort-7', 'sort-6'].includes(username))
    expect(latin).toEqual(['sort-7', 'sort-6', 'sort-8'])
    expect(await sorted('-name')).toEqual(byName.toReversed())
    expect(await sorted('username')).toEqual(['sort-5', 'sort-6', 'sort-7', 'sort-8', 'sort-9'])
    expect(await sorted('-username')).toEqual(await sorted('oldest'))
    expect(await sorted('newest')).toEqual(await sorted('username'))
    await expectOrders(
      (input) => listUsers(admin, { ...input, query: 'sort-' }),
      UserOrder.options,
      names.length,
    )
  })

  test('finds by the beginning of the name that is shown, however it is written', async () => {
    const admin = await domain.person({ role: 'admin' })
    await insertUser(database.db, { username: 'shown-one', displayName: 'Wilhelmina Ray' })
    expect(await usernames(admin, { query: 'WILHELMINA r' })).toEqual(['shown-one'])
    expect(await usernames(admin, { query: 'Ray' })).toEqual([])
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
