import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { sql } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { mayBePhrase, termsOf } from './terms.ts'

const domain = useTestDomain()
const { database } = domain

// Of the languages in use there are configurations.
beforeAll(async () => {
  const { id: authorId } = await insertUser(database.db)
  for (const language of ['en', 'de', 'ru', 'hi', 'ja']) {
    await insertArticle(database.db, { authorId, language })
  }
})

const isPhrase = async (q: string) => {
  const [row] = await database.db.execute<{ phrase: boolean | null }>(
    sql`select wide <> exact as phrase from search_queries(${q}, ${termsOf(q).last})`,
  )
  return row?.phrase ?? false
}

test.each([
  'tree',
  'small trees of the sea',
  'Ärger, Łódź & so',
  'what? a tree!',
  'деревья сада',
  'tree or bush -oak',
  '1984 2001',
])('%j is certain to be no phrase', async (q) => {
  expect(mayBePhrase(q)).toBe(false)
  expect(await isPhrase(q)).toBe(false)
})

test.each([
  '"small trees"',
  'e-mail',
  'Hawaiʻi',
  'a/b c',
  'it’s',
  '東京都',
  'हिन्दी भाषा',
  'x1.5y',
  '½',
  'ŉa',
  'foo_bar',
  'C++17 1e5x',
])('%j may be a phrase', (q) => {
  expect(mayBePhrase(q)).toBe(true)
})
