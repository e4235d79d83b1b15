import { articles } from '@galley/db/schema'
import { expectPages } from '@galley/platform/test/pages'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from './create.ts'
import { deleteArticle } from './delete.ts'
import { listFavourites } from '../favourites/list.ts'
import { listFeed } from '../feed/list.ts'
import { listArticles, listDrafts, listMyArticles } from './list.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain

beforeEach(async () => {
  await database.db.delete(articles)
})

test('the list holds what is out, newest first, page by page without gap or repeat', async () => {
  const author = await domain.person()
  const authorId = author.actor.user.id
  const sameMoment = new Date('2026-05-01T10:00:00.123Z')
  for (let n = 0; n < 7; n++)
    await insertArticle(database.db, { authorId, publishedAt: sameMoment })
  await insertArticle(database.db, { authorId })
  await insertArticle(database.db, { authorId, status: 'draft' })
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { items, page } = await listArticles(author, { limit: 3, cursor })
    seen.push(...items.map((item) => item.id))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toHaveLength(8)
  expect(new Set(seen).size).toBe(8)
  const newest = await database.db.query.articles.findMany({
    where: eq(articles.status, 'published'),
    orderBy: (t, { desc }) => [desc(t.publishedAt), desc(t.id)],
  })
  expect(seen).toEqual(newest.map((article) => article.id))
})

test('the list by tag and by author', async () => {
  const one = await domain.person({ username: 'author-one' })
  const two = await domain.person({ username: 'author-two' })
  const write = async (ctx: typeof one, title: string, tags: string[]) => {
    const draft = await createArticle(ctx, { title, body: 'B', tags })
    await publishArticle(ctx, { id: draft.id, version: 1 })
  }
  await write(one, 'A', ['sea', 'wind'])
  await write(one, 'B', ['wind'])
  await write(two, 'C', ['sea'])
  const titles = async (input: { tag?: string; author?: string }) =>
    (await listArticles(domain.anonymous(), { limit: 20, ...input })).items
      .map((item) => item.title)
      .toSorted()
  expect(await titles({ tag: 'sea' })).toEqual(['A', 'C'])
  expect(await titles({ author: 'author-one' })).toEqual(['A', 'B'])
  expect(await titles({ author: 'author-one', tag: 'sea' })).toEqual(['A'])
  expect(await titles({ tag: 'nothing' })).toEqual([])
})

test('the list of a tag, page by page, follows what is published, taken back and tagged again', async () => {
  const author = await domain.person()
  const ctx = domain.anonymous()
  const made = []
  for (let n = 0; n < 8; n += 1) {
    const { id } = await createArticle(author, { title: `T${n}`, body: 'B', tags: ['kept', 'x'] })
    const moment = new Date(Date.UTC(2026, 0, n < 4 ? 1 : n))
    made.push(await publishArticle({ ...author, now: () => moment }, { id, version: 1 }))
  }
  const [back, other, gone] = made
  await unpublishArticle(author, { id: back?.id ?? '', version: 2 })
  await updateArticle(author, { id: other?.id ?? '', version: 2, tags: ['x'] })
  await deleteArticle(author, { id: gone?.id ?? '', version: 2 })
  await createArticle(author, { title: 'Draft', body: 'B', tags: ['kept'] })
  await expectPages((input) => listArticles(ctx, { tag: 'kept', ...input }), 5)
  const listed = async (input: Partial<Parameters<typeof listArticles>[1]>) =>
    (await listArticles(ctx, { limit: 20, tag: 'kept', ...input })).items.map(({ title }) => title)
  const newest = ['T7', 'T6', 'T5', 'T4', 'T3']
  expect(await listed({})).toEqual(newest)
  expect(await listed({ sort: 'oldest' })).toEqual(newest.toReversed())
  expect(await listed({ offset: 3 })).toEqual(['T4', 'T3'])
  const { page } = await listArticles(ctx, { limit: 2, tag: 'kept', offset: 0, total: true })
  expect(page).toMatchObject({ total: 5 })
})

test.each([1, 10, 100])('a list of %i articles is one statement', async (rows) => {
  const author = await insertUser(database.db)
  for (let n = 0; n < rows; n++) await insertArticle(database.db, { authorId: author.id })
  const viewer = await domain.person()
  database.statements.length = 0
  const { items } = await listArticles(viewer, { limit: 100 })
  expect(items).toHaveLength(rows)
  expect(database.statements).toHaveLength(1)
})

test('no list of articles selects a body or HTML', async () => {
  const author = await insertUser(database.db)
  await insertArticle(database.db, { authorId: author.id })
  const editor = await domain.person({ role: 'editor' })
  database.statements.length = 0
  const page = { limit: 20 }
  await listArticles(editor, page)
  await listArticles(editor, { ...page, tag: 'a' })
  await listFeed(editor, page)
  await listMyArticles(editor, page)
  await listDrafts(editor, page)
  await listFavourites(editor, page)
  expect(database.statements).toHaveLength(6)
  expect(database.statements.filter((statement) => statement.includes('"body'))).toEqual([])
})
