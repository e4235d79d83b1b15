import { createDb } from '@galley/db/client'
import { articles } from '@galley/db/schema'
import { transact } from '@galley/platform/ctx'
import { insertArticle } from '@galley/testing/publishing/factories'
import { countedWay } from '@galley/testing/round-trips'
import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createFavourite } from '../favourites/change.ts'
import { setArticleTags } from '../tags/list.ts'
import { getArticlesAround } from './around.ts'

const domain = useTestDomain()
const { database } = domain
let authorId = ''
let day = 0

beforeEach(async () => {
  await database.db.delete(articles)
  authorId = (await domain.person()).actor.user.id
})

/** Each a day after the last. */
async function write(title: string, tags: string[] = [], values: Partial<Inserted> = {}) {
  day += 1
  const publishedAt = new Date(Date.UTC(2026, 0, day))
  const article = await insertArticle(database.db, { authorId, title, publishedAt, ...values })
  await transact(domain.anonymous(), (tx) => setArticleTags(tx, article.id, tags))
  return article
}
type Inserted = typeof articles.$inferInsert

/** More articles with these words in their titles than a rare word has. */
async function writeMany(words: string) {
  const { renderVersion } = await insertArticle(database.db, { authorId, status: 'draft' })
  const rows = Array.from({ length: 101 }, (_, n) => ({
    authorId,
    slug: `many-${n}`,
    title: `${words} ${n}`,
    body: 'A text.',
    renderVersion,
    status: 'published' as const,
    publishedAt: new Date(Date.UTC(2025, 0, 1) + n * 60_000),
  }))
  await database.db.insert(articles).values(rows)
}

const around = async (
  id: string,
  ctx: Parameters<typeof getArticlesAround>[0] = domain.anonymous(),
) => {
  const { previous, next, related } = await getArticlesAround(ctx, { id })
  return {
    previous: previous?.title,
    next: next?.title,
    related: related.map(({ title }) => title),
  }
}

test('before and after an article stands what was published before and after it, drafts left out', async () => {
  const first = await write('First')
  await write('Draft', [], { status: 'draft' })
  const second = await write('Second')
  await write('Taken back', [], { status: 'draft' })
  const third = await write('Third')
  expect(await around(first.id)).toMatchObject({ previous: undefined, next: 'Second' })
  expect(await around(second.id)).toMatchObject({ previous: 'First', next: 'Third' })
  expect(await around(third.id)).toMatchObject({ previous: 'Second', next: undefined })
})

test('articles of one moment have an order too', async () => {
  const at = { publishedAt: new Date('2026-02-01') }
  const ids = await Promise.all(['A', 'B', 'C'].map(async (name) => (await write(name, [], at)).id))
  const [lowest = '', middle = ''] = ids.toSorted()
  const after = (await getArticlesAround(domain.anonymous(), { id: lowest })).next
  expect(after?.id).toBe(middle)
  expect((await getArticlesAround(domain.anonymous(), { id: middle })).previous?.id).toBe(lowest)
})

describe('related articles', () => {
  test('share tags, rare ones before common ones; neither itself nor drafts nor others', async () => {
    const about = await write('Here', ['gardens', 'roses'])
    await write('Gardens', ['gardens'])
    await write('Gardens and roses', ['gardens', 'roses'])
    await write('Hidden', ['gardens', 'roses'], { status: 'draft' })
    await write('Roses', ['roses'])
    for (const name of ['P', 'Q', 'R', 'S']) await write(name, ['gardens'])
    await write('Nothing of it', ['trains'])
    const { related } = await around(about.id)
    // Of those that share the common tag alone the newest.
    expect(related).toEqual(['Gardens and roses', 'Roses', 'S', 'R'])
  })

  test('share words of title and description, in their forms, not those that a language leaves out', async () => {
    const english = { language: 'en' }
    const about = await write('The bakers of this town', [], {
      ...english,
      description: 'How sourdough is fed.',
    })
    await write('A baker and her oven', [], english)
    await write('Feeding sourdough', [], english)
    await write('The oven of this house is how it is', [], english)
    expect((await around(about.id)).related).toEqual(['Feeding sourdough', 'A baker and her oven'])
  })

  test('of scripts without spaces between words too', async () => {
    const japanese = { language: 'ja' }
    const about = await write('庭の時間', [], japanese)
    await write('冬の庭の仕事', [], japanese)
    await write('鉄道の話', [], { ...japanese, description: '駅。' })
    expect((await around(about.id)).related).toEqual(['冬の庭の仕事'])
  })

  test('do not come from a word that many articles have; a tag counts however many carry it', async () => {
    const about = await write('Common ground', ['common'])
    await writeMany('Common')
    expect((await around(about.id)).related).toEqual([])
    await write('Tagged', ['common'])
    expect((await around(about.id)).related).toEqual(['Tagged'])
  })

  test('come from rare words beside many common ones, where PostgreSQL has counted these', async () => {
    const words = Array.from({ length: 12 }, (_, n) => `everywhere${'abcdefghijkl'[n]}`).join(' ')
    await writeMany(words)
    await write('Oak', ['trees'])
    const about = await write(`${words} oak`)
    await database.asOperator((sql) => sql`analyze article_search`)
    expect((await around(about.id)).related).toEqual(['Oak'])
  })

  test('are those that a signed-in reader may see, with what they favour', async () => {
    const reader = await domain.person()
    const about = await write('One', ['gardens'])
    const other = await write('Two', ['gardens'])
    await createFavourite(reader, { articleId: other.id })
    const { related, next } = await getArticlesAround(reader, { id: about.id })
    expect(related).toMatchObject([{ id: other.id, favourited: true }])
    expect(next).toMatchObject({ id: other.id, favourited: true })
    const anybody = await getArticlesAround(domain.anonymous(), { id: about.id })
    expect(anybody.related).toMatchObject([{ id: other.id, favourited: false }])
  })
})

test('there is nothing around a draft, not even for its author, nor around what is not there', async () => {
  const author = await domain.person()
  const draft = await write('Draft', ['gardens'], {
    authorId: author.actor.user.id,
    status: 'draft',
  })
  for (const id of [draft.id, '01900000-0000-7000-8000-0000000000aa']) {
    await expect(around(id, author)).rejects.toMatchObject({ reason: 'article/not-found' })
  }
})

test('all of it is one round trip', async () => {
  const about = await write('One', ['gardens'])
  for (const name of ['Two', 'Three', 'Four']) await write(name, ['gardens'])
  await using way = await countedWay(database.url)
  await using counted = createDb(way.url, { max: 1 })
  const ctx = { ...domain.anonymous(), db: counted.db }
  await getArticlesAround(ctx, { id: about.id })
  expect(await way.count(() => getArticlesAround(ctx, { id: about.id }))).toBe(1)
})
