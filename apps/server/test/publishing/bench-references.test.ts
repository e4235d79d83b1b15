import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createConventionalQueries } from '../../bench/publishing/conventional-queries.ts'
import { createReferenceQueries } from '../../bench/publishing/reference-queries.ts'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { trpcUrl, useReaders } from './public-reads.ts'

// What `pnpm bench` compares Galley with: it is measured seldom, and refuses to where the answers differ.

const on = useApp()
const { write, publish } = useReaders(on)
const references = {
  conventional: () => createConventionalQueries(on.database.url),
  reference: () => createReferenceQueries(on.database.url, {}),
}
let reader: Record<string, string> = {}
let article = { id: '', slug: '', author: { username: '' } }

beforeAll(async () => {
  await publish(on, 'First')
  const { id, version } = await write('articles.create', {
    title: 'Second',
    body: 'A text about engines.',
    tags: ['engines', 'steam'],
  })
  const { slug } = await write('articles.publish', { id, version })
  article = await read('articles.bySlug', { slug })
  reader = (await signUp(on, { role: 'reader' })).asBrowser
  await asReader('follows.create', { username: article.author.username })
  await asReader('favourites.create', { articleId: article.id })
  await asReader('comments.create', { articleId: article.id, body: 'Yes.' })
  const conventional = new URL('../../bench/publishing/data/conventional.sql', import.meta.url)
  await on.database.asOperator((sql) =>
    sql.begin(async (tx) => tx.unsafe(await readFile(conventional, 'utf8'))),
  )
})

async function asReader(path: string, input: object) {
  const response = await on.post(`/trpc/${path}`, input, reader)
  expect(response.statusCode, response.body).toBe(200)
  return response.json().result.data
}

async function read(path: string, input: object, headers = {}) {
  const response = await on.app.inject({ url: trpcUrl(path, input), headers })
  expect(response.statusCode, response.body).toBe(200)
  return response.json().result.data
}

const session = () => {
  const [, token = ''] = /galley-session=([\w-]+)/.exec(reader.cookie ?? '') ?? []
  return createHash('sha256').update(token).digest('hex')
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test.each(Object.entries(references))('%s returns what Galley does', async (_, create) => {
  const queries = create()
  afterAll(() => queries.close())
  const list = await read('articles.list', { limit: 1 })
  expect(asJson(await queries.list({ limit: 1, cursor: null }))).toEqual(list)
  const { nextCursor: cursor } = list.page
  const next = asJson(await queries.list({ limit: 1, cursor }))
  expect(next).toEqual(await read('articles.list', { limit: 1, cursor }))

  const { slug, id } = article
  expect(asJson(await queries.article(slug))).toEqual(await read('articles.bySlug', { slug }))
  expect(asJson(await queries.search({ q: 'engines', limit: 20 }))).toMatchObject({
    items: [{ slug }],
  })
  const feed = await read('feed.list', { limit: 20 }, reader)
  expect(asJson(await queries.feed({ limit: 20, session: session() }))).toEqual(feed)
  expect(feed.items).toHaveLength(2)

  const body = 'A comment about engines, number 1.'
  const added = asJson(await queries.addComment({ articleId: id, body, session: session() }))
  expect(added).toEqual({
    ...(await asReader('comments.create', { articleId: id, body })),
    id: expect.any(String),
    createdAt: expect.any(String),
  })
})
