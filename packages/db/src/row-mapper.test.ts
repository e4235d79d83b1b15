import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useCluster } from '../test/cluster.ts'
import { createDb, type Db } from './client.ts'
import { migrate } from './migrate.ts'
import { mapRowsQuickly } from './row-mapper.ts'
import { articles, sessions, users } from './schema/index.ts'

const cluster = useCluster()

const everyKind = (db: Db) =>
  db
    .select({
      users,
      name: sql<string>`upper(${users.username})`.as('name'),
      logins: sql<number>`3::int`,
      slugs: sql<string[]>`array['a', 'b']`,
      nothing: sql<null>`null`,
      article: { id: articles.id, title: articles.title, publishedAt: articles.publishedAt },
    })
    .from(users)
    .innerJoin(articles, eq(articles.authorId, users.id))

const withOuterJoin = (db: Db) =>
  db
    .select({ name: users.username, session: { id: sessions.id } })
    .from(users)
    .leftJoin(sessions, eq(sessions.userId, users.id))

test('rows are what Drizzle makes of them', async () => {
  await using database = createDb(cluster.current.url(), { max: 1 })
  const { db } = database
  await migrate(cluster.current.url())
  const [jane] = await db
    .insert(users)
    .values({ email: 'jane@example.test', username: 'jane', displayName: 'Jane' })
    .returning()
  await db
    .insert(articles)
    .values({ authorId: jane?.id ?? '', slug: 'a', title: 'A', renderVersion: 1 })

  const [row, ...others] = await mapRowsQuickly(everyKind(db).prepare('quick')).execute()
  expect(row).toMatchObject({
    users: { createdAt: expect.any(Date) },
    slugs: ['a', 'b'],
    logins: 3,
  })
  expect(row).toMatchObject({ name: 'JANE', nothing: null, article: { publishedAt: null } })
  expect([row, ...others]).toEqual(await everyKind(db).prepare('plain').execute())

  const outer = await mapRowsQuickly(withOuterJoin(db).prepare('outer')).execute()
  expect(outer).toEqual([{ name: 'jane', session: null }])
})
