import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { articles } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { ENCRYPTION_KEYS } from '../encryption-keys.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const database = useTestDatabase()

const galley = (...args: string[]) =>
  promisify(execFile)(process.execPath, [main, ...args], {
    env: { NODE_ENV: 'test', DATABASE_URL: database.url, ENCRYPTION_KEYS },
  })

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
  await expect(galley('counters', 'repair', 'all')).rejects.toMatchObject({ code: 2 })
}, 60_000)
