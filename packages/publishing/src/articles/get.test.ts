import { articles } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getArticle } from './get.ts'

const domain = useTestDomain()
const { database } = domain

test('HTML of an older renderer is rendered again when it is read, once', async () => {
  const author = await domain.person()
  const old = {
    authorId: author.actor.user.id,
    body: '*new*\n\n## A heading',
    bodyHtml: '<p>old</p>',
    renderVersion: 0,
  }
  const article = await insertArticle(database.db, old)
  const headings = [{ id: 'user-content-a-heading', text: 'A heading', level: 2 }]
  const read = await getArticle(author, { slug: article.slug })
  expect(read).toMatchObject({ bodyHtml: expect.stringContaining('<em>new</em>'), headings })
  const [stored] = await database.db.select().from(articles).where(eq(articles.id, article.id))
  expect(stored).toMatchObject({ version: 1, renderVersion: author.markdown.version, headings })
  expect(stored?.bodyHtml).toContain('<em>new</em>')
})

test('a text that cannot be rendered again keeps the HTML that it had; without any it is unavailable', async () => {
  const author = await domain.person()
  const failing = {
    ...author,
    markdown: {
      ...author.markdown,
      render: () =>
        Promise.reject(Object.assign(new Error('late'), { code: 'markdown/too-complex' })),
    },
  }
  const old = { authorId: author.actor.user.id, body: '*new*', renderVersion: 0 }
  const rendered = await insertArticle(database.db, { ...old, bodyHtml: '<p>old</p>' })
  expect((await getArticle(failing, { slug: rendered.slug })).bodyHtml).toBe('<p>old</p>')
  const never = await insertArticle(database.db, { ...old, bodyHtml: '' })
  await expect(getArticle(failing, { slug: never.slug })).rejects.toMatchObject({
    reason: 'server/unavailable',
    retryAfterSeconds: 1,
  })
})

test('an article is read by its slug or its id; an id comes before a slug that reads like one', async () => {
  const author = await domain.person()
  const authorId = author.actor.user.id
  const one = await insertArticle(database.db, { authorId, title: 'One' })
  await insertArticle(database.db, { authorId, title: 'Posing', slug: one.id })
  const unused = '01900000-0000-7000-8000-0000000000aa'
  const named = await insertArticle(database.db, { authorId, title: 'Named', slug: unused })
  const draft = await insertArticle(database.db, { authorId, status: 'draft' })
  const read = async (slug: string) => (await getArticle(domain.anonymous(), { slug })).id
  expect(await Promise.all([one.slug, one.id, named.slug].map(read))).toEqual([
    one.id,
    one.id,
    named.id,
  ])
  expect((await getArticle(author, { slug: draft.id })).id).toBe(draft.id)
  await expect(read(draft.id)).rejects.toMatchObject({ reason: 'article/not-found' })
})
