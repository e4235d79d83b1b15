import { expectPages } from '@galley/platform/test/pages'
import { insertArticle, insertTagged } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createFavourite } from '../favourites/change.ts'
import { createFollow, deleteFollow } from '../follows/change.ts'
import { createTagFollow, deleteTagFollow } from '../tag-follows/change.ts'
import { listFeed } from './list.ts'

const domain = useTestDomain()
const { database } = domain

test('the feed holds the published articles of the people one follows', async () => {
  const reader = await domain.person()
  const followed = await domain.person({ username: 'followed-one' })
  const other = await domain.person()
  const article = await insertArticle(database.db, {
    authorId: followed.actor.user.id,
    title: 'Theirs',
  })
  await insertArticle(database.db, { authorId: followed.actor.user.id, status: 'draft' })
  await insertArticle(database.db, { authorId: other.actor.user.id })
  expect((await listFeed(reader, { limit: 20 })).items).toEqual([])
  await createFollow(reader, { username: 'followed-one' })
  await createFavourite(reader, { articleId: article.id })
  expect((await listFeed(reader, { limit: 20 })).items).toMatchObject([
    { title: 'Theirs', favourited: true },
  ])
  expect((await listFeed(other, { limit: 20 })).items).toEqual([])
  await deleteFollow(reader, { username: 'followed-one' })
  expect((await listFeed(reader, { limit: 20 })).items).toEqual([])
})

test('the feed of several writers is the same page by page and past an offset, and counted', async () => {
  const reader = await domain.person()
  for (const username of ['first-of-feed', 'second-of-feed']) {
    const { id: authorId } = (await domain.person({ username })).actor.user
    await createFollow(reader, { username })
    for (let n = 0; n < 3; n++) await insertArticle(database.db, { authorId })
  }
  await expectPages((input) => listFeed(reader, input), 6)
})

test('it holds those of followed tags too, each once, in one order page by page', async () => {
  const reader = await domain.person()
  const followed = await domain.person({ username: 'followed-and-tagged' })
  const stranger = await domain.person()
  const expected: string[] = []
  const tagged: string[] = []
  for (let n = 0; n < 6; n += 1) {
    const author = n % 2 === 0 ? stranger : followed
    const { slug, article } = await insertTagged(database.db, {
      authorId: author.actor.user.id,
      publishedAt: new Date(Date.now() - n * 60_000),
    })
    tagged.push(slug)
    expected.push(article.id)
  }
  await insertTagged(database.db, { authorId: stranger.actor.user.id, publishedAt: new Date() })
  for (const slug of tagged.slice(0, 5)) await createTagFollow(reader, { slug })
  await createFollow(reader, { username: 'followed-and-tagged' })
  const { items, page } = await listFeed(reader, { limit: 20, total: true })
  expect(items.map(({ id }) => id)).toEqual(expected)
  expect(page.total).toBe(6)
  await expectPages((input) => listFeed(reader, input), 6)
  for (const slug of tagged.slice(0, 5)) await deleteTagFollow(reader, { slug })
  const { items: left } = await listFeed(reader, { limit: 20 })
  expect(left.map(({ id }) => id)).toEqual(expected.filter((_, n) => n % 2 === 1))
})

test.each([1, 10, 100])('a feed of %i articles is one statement', async (rows) => {
  const reader = await domain.person()
  const author = await domain.person({ username: `prolific-${rows}` })
  await createFollow(reader, { username: `prolific-${rows}` })
  for (let n = 0; n < rows; n++)
    await insertArticle(database.db, { authorId: author.actor.user.id })
  database.statements.length = 0
  expect((await listFeed(reader, { limit: 100 })).items).toHaveLength(rows)
  expect(database.statements).toHaveLength(1)
})
