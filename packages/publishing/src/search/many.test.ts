// What many articles match is looked for among the newest of them once that is known: the second search by a word is another statement.
import { insertUser } from '@galley/testing/factories'
import { beforeAll, describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { searchArticles } from './articles.ts'
import { findArticles } from './queries.ts'

const domain = useTestDomain()

// More than are looked through: all hold `oak`, every fifth `elm`, the oldest 300 `ash`, and of the oldest three it is in the title. `elm oak` is in
// the newest of `elm`, `elm fir` in one amid them, `so so` in the oldest.
beforeAll(async () => {
  const { id } = await insertUser(domain.database.db)
  await domain.database.asOperator((sql) =>
    sql.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`
        insert into articles (id, author_id, slug, title, body, body_html, words, render_version, status, published_at)
        select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ${id}, 'wood-' || n, case when n <= 3 then 'Oak ' else 'Wood ' end || n, 'Wood',
          '<p>oak' || case when n % 5 = 0 then ' elm' else '' end || case when n <= 300 then ' ash' else '' end || case when n = 5400 then ' oak' else '' end ||
            case when n = 2700 then ' fir' when n = 5 then ' so so fir' when n % 5 = 0 then ' so fir' else '' end || '</p>',
          1, 1, 'published', timestamptz '2026-01-01' + n * interval '1 minute'
        from generate_series(1, 5400) n`
    }),
  )
  await domain.database.asOperator(
    (sql) => sql`
    insert into article_search (article_id, author_id, status, at, favourite_count, language, config, tag_slugs, head, body, content, indexed_at)
    select id, author_id, status, published_at, 0, null, 'simple', '{}', search_head('simple', title, '', '{}'),
      search_body('simple', search_content(body_html)), search_content(body_html), now() from articles`,
  )
})

test.each([
  ['oak', 5400, [1, 2, 3]],
  ['elm', 5400, []],
  ['ash', 300, []],
])('%s', async (q, newestMatch, inTitles) => {
  const find = async (cursor?: string) => {
    const { items, page, partial } = await searchArticles(domain.anonymous(), {
      q,
      limit: 20,
      cursor,
    })
    return { slugs: items.map(({ slug }) => slug), next: page.nextCursor ?? undefined, partial }
  }
  const first = await find()
  expect(first.slugs.slice(0, inTitles.length).toSorted()).toEqual(inTitles.map((n) => `wood-${n}`))
  expect(first.slugs[inTitles.length]).toBe(`wood-${newestMatch}`)
  expect(first.partial).toBe(true)
  const after = await find(first.next)
  for (let n = 0; n < 2; n += 1) {
    expect(await find()).toEqual(first)
    expect(await find(first.next)).toEqual(after)
  }
})

test.each([
  ['oak', { total: 1000, totalExceeded: true }],
  ['ash', { total: 300 }],
])('of %s a total is counted up to a bound', async (q, expected) => {
  const { page } = await searchArticles(domain.anonymous(), { q, limit: 1, total: true })
  expect(page).toMatchObject(expected)
})

const phrase = (q: string, sort?: 'newest' | 'favourites') =>
  searchArticles(domain.anonymous(), { q, sort, limit: 20 })

describe.each([undefined, 'newest', 'favourites'] as const)('a phrase, by %s', (sort) => {
  test.each([
    ['"elm oak"', 5400],
    ['"elm fir"', 2700],
  ])('%s is found among many that hold its words', async (q, n) => {
    for (let again = 0; again < 2; again += 1) {
      const { items, partial } = await phrase(q, sort)
      expect(items.map(({ slug }) => slug)).toEqual([`wood-${n}`])
      expect(partial).toBe(true)
    }
  })

  test('what none of those that are looked through has is not said to be nowhere', async () => {
    const { items, partial } = await phrase('"fir elm"', sort)
    expect(items).toEqual([])
    expect(partial).toBe(true)
  })

  test('what none of all that hold the words has is', async () => {
    const { items, partial } = await phrase('"ash oak"', sort)
    expect(items).toEqual([])
    expect(partial).toBe(false)
  })
})

test('a phrase of the oldest is found where it was looked at on the way', async () => {
  const { items, partial } = await phrase('"so so"')
  expect(items.map(({ slug }) => slug)).toEqual(['wood-5'])
  expect(partial).toBe(true)
})

test('a page after the last of those that were ranked says that there are more', async () => {
  const { items, partial } = await searchArticles(domain.anonymous(), {
    q: 'oak',
    offset: 500,
    limit: 20,
  })
  expect(items).toEqual([])
  expect(partial).toBe(true)
})

// Every article has `wood` in its title.
test.each([
  ['oak', 'common'],
  ['elm', 'recent'],
  ['wood', 'recent'],
  ['ash', 'newest'],
])('what is searched for again is looked for where the newest are: %s, %s', async (q, expected) => {
  const ways = []
  for (let n = 0; n < 3; n += 1) ways.push(await wayTo(q))
  expect(ways.slice(1)).toEqual([expected, expected])
})

async function wayTo(q: string) {
  const wanted = { ...anything, q, last: q }
  const { rows } = await findArticles(domain.database.db, wanted, firstPage)
  return rows[0]?.ofMany
}

const anything = {
  status: 'published',
  viewer: null,
  seesAllDrafts: false,
  tag: null,
  author: null,
  from: null,
  before: null,
  language: null,
} as const

const firstPage = { sort: 'relevance', after: null, offset: 0, limit: 21, textLength: 100 } as const

test('what the newest do not hold any more is found in others', async () => {
  expect(await wayTo('oak')).toBe('common')
  await domain.database.asOperator(
    (sql) => sql`
    update article_search set body = search_body('simple', 'fir'), content = 'fir'
    where article_id > '00000000-0000-7000-8000-000000000fa0'`,
  )
  const { items } = await searchArticles(domain.anonymous(), { q: 'oak', limit: 20 })
  expect(items[3]?.slug).toBe('wood-4000')
  expect(await wayTo('oak')).toBe('recent')
})
