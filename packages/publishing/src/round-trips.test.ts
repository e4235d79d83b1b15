// How often a write goes to PostgreSQL and back, on a connection that has prepared its statements.
import { createDb } from '@galley/db/client'
import { transact } from '@galley/platform/ctx'
import { insertArticle } from '@galley/testing/publishing/factories'
import { countedWay } from '@galley/testing/round-trips'
import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../test/context.ts'
import { createComment } from './comments/write.ts'
import { createFavourite, deleteFavourite } from './favourites/change.ts'
import { createFollow, deleteFollow } from './follows/change.ts'

const domain = useTestDomain()

async function setUp() {
  const author = await domain.person({ username: 'followed' })
  const { id: articleId } = await insertArticle(domain.database.db, {
    authorId: author.actor.user.id,
  })
  return { articleId, reader: await domain.person() }
}

test('comment, reply, favourite and follow: one round trip each, and one for whom a comment names', async () => {
  const { articleId, reader } = await setUp()
  await using way = await countedWay(domain.database.url)
  await using database = createDb(way.url, { max: 1 })
  const ctx = { ...reader, db: database.db }
  const username = 'followed'
  const { id: parentId } = await createComment(reader, { articleId, body: 'A remark.' })
  const writes = {
    comment: () => createComment(ctx, { articleId, body: 'A remark.' }),
    'a comment that names somebody': () =>
      createComment(ctx, { articleId, body: 'As @followed says.' }),
    reply: () => createComment(ctx, { articleId, parentId, body: 'So it is.' }),
    favourite: () => createFavourite(ctx, { articleId }),
    'no favourite': () => deleteFavourite(ctx, { articleId }),
    follow: () => createFollow(ctx, { username }),
    'no follow': () => deleteFollow(ctx, { username }),
  }
  const trips: Record<string, number> = {}
  for (const [name, write] of Object.entries(writes)) {
    await write()
    trips[name] = await way.count(write)
  }
  expect(trips).toEqual({
    comment: 1,
    'a comment that names somebody': 2,
    reply: 1,
    favourite: 1,
    'no favourite': 1,
    follow: 1,
    'no follow': 1,
  })
  // Two statements in a transaction, to see that the counter counts.
  const two = () =>
    transact(ctx, async (tx) => {
      await tx.execute(sql`select 1`)
      await tx.execute(sql`select 2`)
    })
  expect(await way.count(two)).toBe(4)
})
