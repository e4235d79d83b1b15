// Former addresses over HTTP, and what caches keep of them; links to drafts, of which nobody keeps anything.
import { insertUser } from '@galley/testing/factories'
import {
  insertArticle,
  insertCoAuthor,
  insertPreviewLink,
} from '@galley/testing/publishing/factories'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { trpcUrl, useReaders } from './public-reads.ts'

const on = useApp({ PUBLIC_CACHE_MB: '4', RATE_LIMIT_PER_MINUTE: '1000' })
const { get, write, publish, keptBy } = useReaders(on)

test('a former slug answers with the article and its slug of today, from the cache too', async () => {
  const { id, slug } = await publish(on, 'Moving house')
  await keptBy(on)
  const urls = () => [`/api/v1/articles/${slug}`, trpcUrl('articles.bySlug', { slug })]
  const slugsAt = async (url: string) => {
    const body = (await get(url)).json()
    return (body.result?.data ?? body).slug
  }
  for (const url of urls()) expect(await slugsAt(url)).toBe(slug)
  for (const next of ['moved-once', 'moved-twice']) {
    await write('articles.update', { id, version: 'any', slug: next })
    for (const url of urls()) {
      expect([await slugsAt(url), await slugsAt(url)]).toEqual([next, next])
    }
  }
  const [first = ''] = urls()
  await expect.poll(async () => (await get(first)).headers.age).toMatch(/^\d$/)
  await write('articles.unpublish', { id, version: 'any' })
  for (const url of urls()) expect((await get(url)).statusCode).toBe(404)
})

test('a byline that changes shows at once', async () => {
  const { id, slug } = await publish(on, 'By two')
  await keptBy(on)
  const url = `/api/v1/articles/${slug}`
  const authors = async () => (await get(url)).json().authors.length
  expect([await authors(), await authors()]).toEqual([1, 1])
  const guest = await insertUser(on.database.db, { role: 'author' })
  await insertCoAuthor(on.database.db, { articleId: id, userId: guest.id })
  await write('coAuthors.order', {
    articleId: id,
    usernames: [guest.username, (await get(url)).json().author.username],
  })
  const { items } = (await get(`/api/v1/articles?author=${guest.username}`)).json()
  expect([await authors(), items.map((item: { id: string }) => item.id)]).toEqual([2, [id]])
})

test('a former username answers with the person', async () => {
  const person = await insertUser(on.database.db, { username: 'was-called-so' })
  await on.database.db
    .update(users)
    .set({ username: 'is-called-so' })
    .where(eq(users.id, person.id))
  const found = await get('/api/v1/users/was-called-so')
  expect([found.statusCode, found.json().username]).toEqual([200, 'is-called-so'])
})

test('what a preview link shows is kept by nobody; wrong, expired and revoked are byte for byte the same', async () => {
  const author = await insertUser(on.database.db, { role: 'author' })
  const { id: articleId } = await insertArticle(on.database.db, {
    authorId: author.id,
    status: 'draft',
    publishedAt: null,
  })
  const link = { articleId, createdBy: author.id }
  const { token } = await insertPreviewLink(on.database.db, link)
  const { token: expired } = await insertPreviewLink(on.database.db, {
    ...link,
    expiresAt: new Date(Date.now() - 1),
  })
  const read = (value: string) => get(trpcUrl('previewLinks.read', { token: value }))
  const shown = await read(token)
  expect(shown.statusCode).toBe(200)
  expect(shown.headers['cache-control']).toBe('no-store')
  expect(shown.body).not.toContain(token)
  const wrong = await Promise.all([expired, `${token}x`, 'x'].map(read))
  const bodies = wrong.map(({ body }) => body.replace(/"requestId":"[^"]+"/, ''))
  expect(wrong.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404])
  expect(new Set(bodies).size).toBe(1)
})

test('who tries tokens is slowed down like everybody', async () => {
  const remoteAddress = '192.0.2.77'
  const url = trpcUrl('previewLinks.read', { token: 'guess' })
  const codes = new Set<number>()
  for (let time = 0; time < 340; time += 1) {
    codes.add((await on.app.inject({ url, remoteAddress })).statusCode)
  }
  expect([...codes]).toEqual([404, 429])
})
