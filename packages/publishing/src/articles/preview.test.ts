import { articles } from '@galley/db/schema'
import { beforeEach, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { previewArticle } from './preview.ts'

const domain = useTestDomain()
const { database } = domain

beforeEach(async () => {
  await database.db.delete(articles)
})

test('a preview is what the article will be, and stores nothing', async () => {
  const author = await domain.person()
  const { bodyHtml, words } = await previewArticle(author, {
    body: 'A <script>alert(1)</script> *b*\n\n## c',
  })
  expect(bodyHtml).toContain('<em>b</em>')
  expect(bodyHtml).not.toContain('<script')
  // Its ids are not those of the text beside it.
  expect(bodyHtml).toContain('<h2 id="user-content-preview.c">')
  expect(words).toBeGreaterThan(0)
  expect(await database.db.$count(articles)).toBe(0)
})
