import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { rest } from '../rest.ts'

const on = useApp()

test.each([
  ['', 'q'],
  ['q=', 'q'],
  ['q=%20', 'q'],
  [`q=${'x'.repeat(201)}`, 'q'],
  [`q=${'a%20'.repeat(17)}b`, 'q'],
  ['q=a&tag=-', 'tag'],
  ['q=a&author=x', 'author'],
  ['q=a&from=yesterday', 'from'],
  ['q=a&to=2026-02-30', 'to'],
  ['q=a&from=2026-03-02&to=2026-03-01', 'to'],
  ['q=a&status=all', 'status'],
  ['q=a&language=english', 'language'],
  ['q=a&sort=oldest', 'sort'],
  ['q=a&limit=0', 'limit'],
  ['q=a&cursor=x', 'cursor'],
  ['q=a&order=newest', 'order'],
])('GET /search?%s is refused, and names %s', async (query, path) => {
  const response = await rest(on, `GET /search?${query}`)
  expect(response.statusCode).toBe(400)
  expect(response.json().fields).toMatchObject([{ path }])
})

test('a page of a search links to the next one', async () => {
  const { id: authorId } = await insertUser(on.database.db)
  for (const title of ['Oak wood', 'Ash wood'])
    await insertArticle(on.database.db, { authorId, title, language: 'en' })
  const first = await rest(on, 'GET /search?q=wood&limit=1&total=true&sort=newest')
  expect(first.json()).toMatchObject({
    items: [{ title: 'Ash wood', highlights: [{ field: 'title', start: 4, end: 8 }] }],
    page: { total: 2 },
    didYouMean: null,
    partial: false,
  })
  const cursor = first.json().page.nextCursor
  const second = await rest(on, `GET /search?q=wood&limit=1&sort=newest&cursor=${cursor}`)
  expect(second.json()).toMatchObject({
    items: [{ title: 'Oak wood' }],
    page: { nextCursor: null },
  })
  expect(String(first.headers.link)).toContain(cursor)
})

test('suggestions by REST', async () => {
  const response = await rest(on, 'GET /search/suggestions?q=oak')
  expect(response.json().articles).toMatchObject([{ title: 'Oak wood' }])
})
