import { articleAuthors, articles, tags, users } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/create.ts'
import { deleteArticle } from '../articles/delete.ts'
import { publishArticle, unpublishArticle } from '../articles/publish.ts'
import { updateArticle } from '../articles/update.ts'
import { searchArticles } from './articles.ts'
import { suggestSearch } from './suggest.ts'

const domain = useTestDomain()
const { database } = domain

beforeEach(async () => {
  await database.db.delete(articles)
})

type Search = Omit<Parameters<typeof searchArticles>[1], 'limit'> & { limit?: number }

const search = (input: Search, ctx = domain.anonymous()) =>
  searchArticles(ctx, { limit: 20, ...input })

const titles = async (input: Search, ctx = domain.anonymous()) =>
  (await search(input, ctx)).items.map(({ title }) => title)

type Text = { title: string; text?: string; language?: string }

async function write(...texts: Text[]) {
  const { id: authorId } = await insertUser(database.db)
  for (const { title, text = 'A text.', language = 'en' } of texts) {
    await insertArticle(database.db, { authorId, title, bodyHtml: `<p>${text}</p>`, language })
  }
}

test.each([
  ['tree', 'a form of a word, in the title'],
  ['growing', 'a form of a word, in the text'],
  ['SMALL gardens', 'all the words'],
  ['gard', 'the beginning of the last word'],
  ['small -oak', 'a word that it lacks'],
  ['"small trees"', 'a phrase'],
  ['cactus or tree', 'one of two words'],
  ['smäll', 'a letter with another accent'],
])('an article is found by %j: %s', async (q) => {
  await write({ title: 'Small trees', text: 'They <em>grow</em> in gardens.' }, { title: 'Steel' })
  expect(await titles({ q })).toEqual(['Small trees'])
})

test.each([
  'cactus',
  'small cactus',
  '"trees small"',
  'small -trees',
  'mall',
  'em',
  '"',
  '-',
  '?!',
])('an article is not found by %j', async (q) => {
  await write({ title: 'Small trees', text: 'They <em>grow</em> in gardens.' })
  expect(await titles({ q })).toEqual([])
})

test('highlights are ranges of the fields, in UTF-16', async () => {
  const { id: authorId } = await insertUser(database.db)
  await insertArticle(database.db, {
    authorId,
    title: '🌳 Trees & tree rings',
    description: 'No wood.',
    bodyHtml: '<p>A &#x26; B <code>x &#x3C; y</code></p><p>of the tr<em>ee</em>.</p>',
    language: 'en',
  })
  const [found] = (await search({ q: 'tree -bush' })).items
  expect(found).toMatchObject({ excerpt: 'A & B x < y of the tree.' })
  const marked = found?.highlights.map(({ field, start, end }) => [
    field,
    found[field].slice(start, end),
  ])
  expect(marked).toEqual([
    ['title', 'Trees'],
    ['title', 'tree'],
    ['excerpt', 'tree'],
  ])
})

test('an excerpt begins near what was found, and is cut between words', async () => {
  const text = `${'Sand and stones. '.repeat(50)}Then came the Ärger of the harbour. ${'More sand. '.repeat(50)}`
  await write({ title: 'A beach', text })
  const [found] = (await search({ q: 'arger' })).items
  expect(found?.excerpt).toMatch(/^…(?:\S+ )+came the Ärger of the harbour\. .*…$/)
  expect(found?.excerpt.length).toBeLessThan(250)
  expect(found?.highlights).toHaveLength(1)
})

describe.each(['relevance', 'newest', 'favourites'] as const)('by %s', (sort) => {
  test('page after page has every article once, in one order', async () => {
    const { id: authorId } = await insertUser(database.db)
    for (let n = 0; n < 7; n += 1) {
      await insertArticle(database.db, {
        authorId,
        title: `Trees ${'tree '.repeat(n % 3)}`.trim(),
        favouriteCount: n % 3,
        publishedAt: new Date(Date.UTC(2026, 4, 1 + (n % 4))),
        language: 'en',
      })
    }
    const all = (await search({ q: 'tree', sort })).items.map(({ id }) => id)
    expect(new Set(all).size).toBe(7)
    const seen: string[] = []
    for (let cursor: string | undefined; ;) {
      const { items, page } = await search({ q: 'tree', sort, limit: 2, cursor })
      seen.push(...items.map(({ id }) => id))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(seen).toEqual(all)
    const skipped = await search({ q: 'tree', sort, offset: 3, limit: 2 })
    expect(skipped.items.map(({ id }) => id)).toEqual(all.slice(3, 5))
  })
})

test('the newest, or those with the most favourites, come first', async () => {
  const { id: authorId } = await insertUser(database.db)
  const days = { Oak: [1, 5], Ash: [3, 0], Elm: [2, 9] } as const
  for (const [title, [day, favouriteCount]] of Object.entries(days)) {
    const publishedAt = new Date(Date.UTC(2026, 4, day))
    await insertArticle(database.db, {
      authorId,
      title,
      bodyHtml: '<p>Wood.</p>',
      publishedAt,
      favouriteCount,
    })
  }
  expect(await titles({ q: 'wood', sort: 'newest' })).toEqual(['Ash', 'Elm', 'Oak'])
  expect(await titles({ q: 'wood', sort: 'favourites' })).toEqual(['Elm', 'Oak', 'Ash'])
})

test('a cursor of another order is refused', async () => {
  await write({ title: 'Oak wood' }, { title: 'Ash wood' })
  const { page } = await search({ q: 'wood', sort: 'newest', limit: 1 })
  const cursor = page.nextCursor ?? ''
  await expect(search({ q: 'wood', cursor })).rejects.toMatchObject({ reason: 'cursor/invalid' })
})

test('a total counts all, up to a bound', async () => {
  await write({ title: 'Oak wood' }, { title: 'Ash wood' }, { title: 'Steel' })
  const { page } = await search({ q: 'wood', limit: 1, total: true })
  expect(page).toMatchObject({ total: 2 })
  expect(page).not.toHaveProperty('totalExceeded')
  expect((await search({ q: 'wood' })).page).not.toHaveProperty('total')
})

test('filters narrow what is found', async () => {
  const author = await domain.person({ username: 'tree-author' })
  const draft = await createArticle(author, {
    title: 'Oak wood',
    body: 'B',
    tags: ['trees'],
    language: 'pt-BR',
  })
  await publishArticle(author, { id: draft.id, version: 1 })
  await write({ title: 'Ash wood' })
  const today = new Date().toISOString().slice(0, 10)
  for (const filter of [
    { tag: 'trees' },
    { author: 'tree-author' },
    { language: 'pt' },
    { language: 'pt-BR' },
    { from: today, to: today },
    { from: today, to: '9999-12-31' },
  ]) {
    expect(await titles({ q: 'wood', ...filter }), JSON.stringify(filter)).toEqual(['Oak wood'])
  }
  for (const filter of [
    { tag: 'none' },
    { author: 'nobody' },
    { language: 'p' },
    { to: '2001-01-01' },
  ]) {
    expect(await titles({ q: 'wood', ...filter }), JSON.stringify(filter)).toEqual([])
  }
})

test('drafts are found in their own tab, by those who may see them', async () => {
  const author = await domain.person()
  const other = await domain.person()
  const editor = await domain.person({ role: 'editor' })
  await createArticle(author, { title: 'Unsaid wood', body: 'B' })
  for (const ctx of [author, other, editor, domain.anonymous()]) {
    expect(await titles({ q: 'unsaid' }, ctx)).toEqual([])
  }
  const drafts = { q: 'unsaid', status: 'draft' } as const
  expect(await titles(drafts, author)).toEqual(['Unsaid wood'])
  expect(await titles(drafts, editor)).toEqual(['Unsaid wood'])
  expect(await titles(drafts, other)).toEqual([])
  await expect(search(drafts)).rejects.toMatchObject({ reason: 'session/required' })
})

test('what is misspelt is put right by titles, tags and names, where that finds more', async () => {
  const author = await domain.person({ displayName: 'Zofia Łukasik' })
  const draft = await createArticle(author, {
    title: 'Growing rhubarb',
    body: 'B',
    tags: ['vegetables'],
  })
  await createArticle(author, { title: 'Secret asparagus', body: 'B' })
  const suggestion = async (q: string) => (await search({ q })).didYouMean
  expect(await suggestion('rhubrab')).toBeNull()
  await publishArticle(author, { id: draft.id, version: 1 })
  expect(await suggestion('"growing" rhubrab')).toBe('"growing" rhubarb')
  expect(await suggestion('vegtables')).toBe('vegetables')
  expect(await suggestion('zofia lukasic')).toBe('zofia łukasik')
  expect(await suggestion('asparagsu')).toBeNull()
  expect(await suggestion('rhubarb')).toBeNull()
  expect(await titles({ q: 'zofia łukasik' })).toEqual(['Growing rhubarb'])
})

test('every change of an article, its tags and its author is found at once, and in its transaction', async () => {
  const author = await domain.person({ displayName: 'Ann Winterly' })
  const { id } = await createArticle(author, { title: 'Alpha', body: 'Bravo', tags: ['charlie'] })
  await publishArticle(author, { id, version: 1 })
  const isFound = async (q: string) => (await titles({ q })).length === 1
  for (const q of ['alpha', 'bravo', 'charlie', 'winterly']) expect(await isFound(q), q).toBe(true)
  await updateArticle(author, {
    id,
    version: 'any',
    title: 'Delta',
    body: 'Echo',
    tags: ['foxtrot'],
  })
  for (const q of ['alpha', 'bravo', 'charlie']) expect(await isFound(q), q).toBe(false)
  for (const q of ['delta', 'echo', 'foxtrot']) expect(await isFound(q), q).toBe(true)
  await database.db.update(tags).set({ slug: 'golf' }).where(eq(tags.slug, 'foxtrot'))
  expect(await isFound('golf')).toBe(true)
  await database.db
    .update(users)
    .set({ displayName: 'Ann Summerly' })
    .where(eq(users.id, author.actor.user.id))
  expect([await isFound('winterly'), await isFound('summerly')]).toEqual([false, true])
  const undone = database.db.transaction(async (tx) => {
    await tx.update(articles).set({ title: 'Hotel' }).where(eq(articles.id, id))
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  expect(await isFound('hotel')).toBe(false)
  await unpublishArticle(author, { id, version: 'any' })
  expect(await isFound('delta')).toBe(false)
  await deleteArticle(author, { id })
  expect(await titles({ q: 'delta', status: 'draft' }, author)).toEqual([])
})

test.each([
  `'; drop table articles; --`,
  `a' | !b & (c <-> d):*A`,
  String.raw`\' \\ % _ \u0000x`,
  '"unclosed phrase',
  '-"unclosed phrase',
  '- -- - "" or or OR',
  '-only -without',
  'or',
  '🌳 👩‍👩‍👧 ﷽',
  '\u202Ftree\u2009',
  '(((((',
  'x'.repeat(200),
  '木'.repeat(200),
  Array.from({ length: 16 }, (_, n) => `a${n}`).join(' or '),
  Array.from({ length: 16 }, () => '"a').join(' '),
  'a:* b:b C++ .net 1e5 -5 0x1F http://a.b/c?d=e&f',
])('odd input %j is words at most', async (q) => {
  await write({ title: 'Small trees' })
  for (const sort of ['relevance', 'newest'] as const) {
    expect(await search({ q, sort, total: true })).toHaveProperty('items')
  }
})

test('a text of more different words than a tsvector holds is found by its beginning', async () => {
  const letters = Array.from({ length: 99_000 }, (_, n) =>
    String.fromCodePoint(0x20000 + ((n * 7919) % 42_000)),
  ).join('')
  await write({ title: 'A long text', text: `Preface ${letters}`, language: 'zh' })
  expect(await titles({ q: 'preface' })).toEqual(['A long text'])
})

describe('by the name of who wrote it', () => {
  const namesake = { displayName: 'Mary Namesake' }

  test.each([undefined, 'newest'] as const)(
    'an article is found though many who only read are called so, by %s',
    async (sort) => {
      for (let n = 0; n < 150; n += 1) await insertUser(database.db, namesake)
      const author = await domain.person(namesake)
      const { id } = await createArticle(author, { title: 'Rhubarb', body: 'B' })
      await publishArticle(author, { id, version: 1 })
      for (let n = 0; n < 150; n += 1) await insertUser(database.db, namesake)
      expect(await titles({ q: 'mary namesake', sort })).toEqual(['Rhubarb'])
      await database.db.delete(articles)
    },
  )

  test('those of thirty namesakes are all found', async () => {
    for (let n = 0; n < 30; n += 1) {
      const { id: authorId } = await insertUser(database.db, { displayName: 'Ann Common' })
      await insertArticle(database.db, { authorId, title: `Work ${n}` })
    }
    expect(await titles({ q: 'ann common', limit: 50 })).toHaveLength(30)
  })

  test('also of one who wrote it along, and by them alone', async () => {
    const { id: authorId } = await insertUser(database.db)
    const { id: userId } = await insertUser(database.db, { displayName: 'Coline Along' })
    const { id: articleId } = await insertArticle(database.db, { authorId, title: 'Together' })
    await insertArticle(database.db, { authorId, title: 'Alone' })
    const invitation = { articleId, userId, position: 1 }
    await database.db.insert(articleAuthors).values({ ...invitation, acceptedAt: null })
    const found = (more = {}) => titles({ q: 'coline along', ...more })
    expect(await found()).toEqual([])
    await database.db
      .update(articleAuthors)
      .set({ acceptedAt: new Date() })
      .where(eq(articleAuthors.userId, userId))
    expect(await found()).toEqual(['Together'])
    expect(await found({ sort: 'newest' })).toEqual(['Together'])
    expect((await search({ q: 'coline along', total: true })).page.total).toBe(1)
    expect((await suggestSearch(domain.anonymous(), { q: 'coline' })).people).toHaveLength(1)
  })
})
