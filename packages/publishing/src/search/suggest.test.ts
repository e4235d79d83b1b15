import { articles } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeEach, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/create.ts'
import { publishArticle } from '../articles/publish.ts'
import { suggestSearch } from './suggest.ts'

const domain = useTestDomain()
const { database } = domain

beforeEach(async () => {
  await database.db.delete(articles)
})

const suggest = (q: string) => suggestSearch(domain.anonymous(), { q })

test('people who have published, tags and titles are suggested by the beginnings of their words', async () => {
  const author = await domain.person({ displayName: 'Gardenia Löwe', username: 'gardenia' })
  const draft = await createArticle(author, { title: 'Of gardens', body: 'B', tags: ['gardens'] })
  await publishArticle(author, { id: draft.id, version: 1 })
  await insertUser(database.db, { displayName: 'Gardiner', username: 'gardiner' })
  await insertArticle(database.db, {
    authorId: author.actor.user.id,
    title: 'Steel',
    description: 'And gardens.',
  })
  await insertArticle(database.db, {
    authorId: author.actor.user.id,
    title: 'Gardening',
    status: 'draft',
    publishedAt: null,
  })
  expect(await suggest('gard')).toEqual({
    people: [{ username: 'gardenia', displayName: 'Gardenia Löwe' }],
    tags: [{ slug: 'gardens', articleCount: 1 }],
    articles: [{ id: draft.id, slug: 'of-gardens', title: 'Of gardens' }],
  })
  expect((await suggest('lowe')).people).toHaveLength(1)
  expect(await suggest('"')).toEqual({ people: [], tags: [], articles: [] })
})

test('suggestions are one statement', async () => {
  database.statements.length = 0
  await suggest('gard')
  expect(database.statements).toHaveLength(1)
})

test('of many there are five, and those are the tags that are used most', async () => {
  const author = await domain.person()
  for (let n = 0; n < 7; n += 1) {
    const tags = ['sea', 'sea-air', 'sea-birds', 'sea-cows', 'deep-sea'].slice(0, 1 + (n % 5))
    const draft = await createArticle(author, { title: `The sea, part ${n}`, body: 'B', tags })
    await publishArticle(author, { id: draft.id, version: 1 })
  }
  const { tags, articles: titles } = await suggest('sea')
  expect(tags.map(({ slug }) => slug)).toEqual([
    'sea',
    'sea-air',
    'sea-birds',
    'sea-cows',
    'deep-sea',
  ])
  expect(titles).toHaveLength(5)
})

test('a person who has published is suggested though many who have not are called so', async () => {
  for (let n = 0; n < 300; n += 1) await insertUser(database.db, { displayName: 'Petra Equal' })
  const { id: authorId } = await insertUser(database.db, {
    displayName: 'Petra Equal',
    username: 'petra',
  })
  await insertArticle(database.db, { authorId })
  const { people } = await suggest('petra equ')
  expect(people).toEqual([{ username: 'petra', displayName: 'Petra Equal' }])
})
