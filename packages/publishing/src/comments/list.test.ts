import { CommentOrder } from '@galley/contract/publishing/comments'
import { expectOrders } from '@galley/platform/test/pages'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createComment } from './write.ts'
import { listComments } from './list.ts'

const domain = useTestDomain()
const { database } = domain

async function articleWithPeople() {
  const author = await domain.person()
  const article = await insertArticle(database.db, { authorId: author.actor.user.id })
  return { author, article, reader: await domain.person({ role: 'reader' }) }
}

test('comments stand oldest first, with what the caller may do', async () => {
  const { author, article, reader } = await articleWithPeople()
  const first = await createComment(reader, { articleId: article.id, body: 'Is *this* so?' })
  await createComment(author, { articleId: article.id, body: 'It is.' })
  const bodies = async (ctx: typeof reader | ReturnType<typeof domain.anonymous>) =>
    (await listComments(ctx, { articleId: article.id, limit: 20 })).items.map(({ body, can }) => ({
      body,
      can,
    }))
  expect(first.bodyHtml).toContain('<em>this</em>')
  expect(await bodies(reader)).toEqual([
    { body: 'Is *this* so?', can: { edit: true, delete: true, reply: true } },
    { body: 'It is.', can: { edit: false, delete: false, reply: true } },
  ])
  expect((await bodies(author)).map(({ can }) => can)).toEqual([
    { edit: false, delete: true, reply: true },
    { edit: true, delete: true, reply: true },
  ])
  expect((await bodies(domain.anonymous())).every(({ can }) => !can.edit && !can.delete)).toBe(true)
})

test('pages follow each other without gap or repeat', async () => {
  const { author, article } = await articleWithPeople()
  const createdAt = new Date('2026-04-01T00:00:00Z')
  const authorId = author.actor.user.id
  for (let n = 0; n < 5; n++)
    await insertComment(database.db, { articleId: article.id, authorId, createdAt })
  const list = (input: Omit<Parameters<typeof listComments>[1], 'articleId'>) =>
    listComments(author, { ...input, articleId: article.id })
  await expectOrders(list, CommentOrder.options, 5)
  const newest = await list({ limit: 5, sort: 'newest' })
  expect(newest.items).toEqual((await list({ limit: 5 })).items.toReversed())
  const first = await listComments(author, { articleId: article.id, limit: 3 })
  const second = await listComments(author, {
    articleId: article.id,
    limit: 3,
    cursor: first.page.nextCursor ?? '',
  })
  const ids = [...first.items, ...second.items].map((comment) => comment.id)
  expect(new Set(ids).size).toBe(5)
  expect(second.page.nextCursor).toBeNull()
})

test.each([0, 1, 10, 100])(
  'a list of %i comments is one statement, that of the article in it',
  async (rows) => {
    const { author, article } = await articleWithPeople()
    const authorId = author.actor.user.id
    for (let n = 0; n < rows; n++)
      await insertComment(database.db, { articleId: article.id, authorId })
    database.statements.length = 0
    expect((await listComments(author, { articleId: article.id, limit: 100 })).items).toHaveLength(
      rows,
    )
    expect(database.statements).toHaveLength(1)
  },
)

test('a comment of an older renderer is rendered again when it is read', async () => {
  const { author, article } = await articleWithPeople()
  const stale = {
    articleId: article.id,
    authorId: author.actor.user.id,
    body: '*new*',
    bodyHtml: 'old',
    renderVersion: 0,
  }
  await insertComment(database.db, stale)
  const { items } = await listComments(author, { articleId: article.id, limit: 20 })
  expect(items[0]?.bodyHtml).toContain('<em>new</em>')
})

test('a comment that cannot be rendered again keeps the HTML that it had', async () => {
  const { author, article } = await articleWithPeople()
  const authorId = author.actor.user.id
  const stale = { body: '*new*', bodyHtml: '<p>old</p>', renderVersion: 0 }
  await insertComment(database.db, { articleId: article.id, authorId, ...stale })
  const render = () =>
    Promise.reject(Object.assign(new Error('late'), { code: 'markdown/too-complex' }))
  const failing = { ...author, markdown: { ...author.markdown, render } }
  const { items } = await listComments(failing, { articleId: article.id, limit: 20 })
  expect(items[0]?.bodyHtml).toBe('<p>old</p>')
})
