import { articleTags, tags } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { inArray } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { useTestDomain } from '../context.ts'
import { chinese } from './chinese.ts'
import type { Corpus } from './corpus.ts'
import { english } from './english.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { japanese } from './japanese.ts'
import { polish } from './polish.ts'
import { russian } from './russian.ts'
import { spanish } from './spanish.ts'
import { termsOf } from '@galley/publishing/search/terms'
import { searchArticles } from '@galley/publishing/search/articles'

const corpora = [english, german, french, spanish, russian, polish, japanese, chinese]

const domain = useTestDomain()

// All in one index: words of one language do not stand in the way of another.
beforeAll(async () => {
  const { db } = domain.database
  const { id: authorId } = await insertUser(db)
  for (const { language, articles } of corpora) {
    for (const { body, tags: slugs, ...article } of articles)
      await insert({ ...article, language }, body, slugs)
  }

  async function insert(
    values: { title: string; description: string; language: string },
    body: string,
    slugs: string[],
  ) {
    const { id } = await insertArticle(db, { ...values, authorId, bodyHtml: `<p>${body}</p>` })
    await db
      .insert(tags)
      .values(slugs.map((slug) => ({ slug })))
      .onConflictDoNothing()
    const rows = await db.select().from(tags).where(inArray(tags.slug, slugs))
    await db
      .insert(articleTags)
      .values(rows.map(({ id: tagId }, position) => ({ articleId: id, tagId, position })))
  }
})

describe.each(corpora)('$language', ({ language, cases }: Corpus) => {
  test.each(cases)('%s', async (q, expected) => {
    const { items } = await searchArticles(domain.anonymous(), { q, limit: 20, language })
    expect(items.slice(0, 3).map(({ title }) => title)).toEqual(expected)
    // Other languages have cognates, in their order.
    const everywhere = await searchArticles(domain.anonymous(), { q, limit: 50 })
    const own = everywhere.items.filter((item) => item.language === language)
    expect(own.slice(0, 3).map(({ title }) => title)).toEqual(expected)
  })
})

// Found by their text alone or by one of their words in it, or by the beginning of a word elsewhere: a text that has the words beside
// each other, or the word itself, is as good.
const inText = [
  ['Straße', 'strasse', 'voyageur', 'micrófono or caracolas', 'lipy -krakowie'],
  ['小麦粉 水', '江戸時代', '面粉 发酵', '科学家', '老师'],
  ['list', '雪'],
].flat()

describe('among thirty newer articles that mention every word in passing', () => {
  const crowd = 'In passing'

  beforeAll(async () => {
    const { db } = domain.database
    const { id: authorId } = await insertUser(db)
    for (const { language, cases } of corpora) {
      const wanted = cases
        .map(([q]) => termsOf(q))
        .flatMap(({ words, runs }) => [...words, ...runs])
      // Apart, so that no phrase is among them.
      const bodyHtml = [...new Set(wanted)].map((word) => `<p>${word}</p><p>x</p>`).join('')
      for (let n = 0; n < 30; n += 1)
        await insertArticle(db, { title: crowd, language, authorId, bodyHtml })
    }
  })

  describe.each(corpora)('$language', ({ language, cases }: Corpus) => {
    test.each(cases.filter(([q]) => !inText.includes(q)))('%s', async (q, [expected]) => {
      const { items } = await searchArticles(domain.anonymous(), { q, limit: 20, language })
      expect(items[0]?.title).toBe(expected)
    })
  })

  test('most words do find them too', async () => {
    const found = corpora.flatMap(({ language, cases }) =>
      cases.map(async ([q]) => {
        const { items } = await searchArticles(domain.anonymous(), { q, limit: 20, language })
        return items.some(({ title }) => title === crowd)
      }),
    )
    expect((await Promise.all(found)).filter(Boolean).length).toBeGreaterThan(105)
  })
})

test('there are 120 cases in eight languages', () => {
  expect(corpora.map(({ cases }) => cases.length)).toEqual(Array.from({ length: 8 }, () => 15))
})
