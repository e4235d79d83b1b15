import { articles } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { runProgram } from '../program.ts'

const database = useTestDatabase()

const galley = (...args: string[]) =>
  runProgram('cli/main.ts', { DATABASE_URL: database.url }, args)

test('galley counters repair counts again what was changed past the triggers', async () => {
  const { id: authorId } = await insertUser(database.db)
  const { id: articleId } = await insertArticle(database.db, { authorId })
  await insertComment(database.db, { articleId, authorId })
  await database.db
    .update(articles)
    .set({ commentCount: 5, tagSlugs: ['gone'], bylineIds: [authorId] })
  expect((await galley('counters', 'repair')).stdout).toBe(
    'Repaired: 1 article, 1 byline, 0 tags.\n',
  )
  const [row] = await database.db.select().from(articles)
  expect(row).toMatchObject({ commentCount: 1, tagSlugs: [], bylineIds: [] })
  expect(await galley('counters', 'repair', 'all')).toMatchObject({ code: 2 })
}, 60_000)
