import { articles } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeEach, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { searchArticles } from './articles.ts'

const domain = useTestDomain()
const { database } = domain

beforeEach(async () => {
  await database.db.delete(articles)
})

type Search = Omit<Parameters<typeof searchArticles>[1], 'limit'> & { limit?: number }

const search = (input: Search, ctx = domain.anonymous()) =>
  searchArticles(ctx, { limit: 20, ...input })

const titles = async (input: Search, ctx = domain.anonymous()) =>
  (await search(input, ctx)).items.map(({ title }) => title)

type Text = { title: string; text?: string; language?: string }

async function write(...texts: Text[]) {
  const { id: authorId } = await insertUser(database.db)
  for (const { title, text = 'A text.', language = 'en' } of texts) {
    await insertArticle(database.db, { authorId, title, bodyHtml: `<p>${text}</p>`, language })
  }
}

test.each([
  ['tree', 'a form of a word, in the title'],
  ['growing', 'a form of a word, in the text'],
  ['SMALL gardens', 'all the words'],
  ['gard', 'the beginning of the last word'],
  ['small -oak', 'a word that it lacks'],
  ['"small trees"', 'a phrase'],
  ['cactus or tree', 'one of two words'],
  ['smäll', 'a letter with another accent'],
])('an article is found by %j: %s', async (q) => {
  await write({ title: 'Small trees', text: 'They <em>grow</em> in gardens.' }, { title: 'Steel' })
  expect(await titles({ q })).toEqual(['Small trees'])
})

test.each([
  'cactus',
  'small cactus',
  '"trees small"',
  'small -trees',
  'mall',
  'em',
  '"',
  '-',
  '?!',
])('an article is not found by %j', async (q) => {
  await write({ title: 'Small trees', text: 'They <em>grow</em> in gardens.' })
  expect(await titles({ q })).toEqual([])
})
