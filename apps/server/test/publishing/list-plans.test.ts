// What a page of a list reads does not grow with what it is taken from, and which indexes that needs.
import { createTestDatabase, type TestDatabase } from '@galley/testing/database'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fill } from '../../bench/publishing/lists/database.ts'
import { openExplained } from '../../bench/publishing/lists/explain.ts'
import {
  callersOn,
  combinedListsOf,
  environment,
  listsOf,
} from '../../bench/publishing/lists/world.ts'
import { createDeps, type Deps } from '../../src/deps.ts'

/** A tenth of them has the author, the tag and the reader that are asked for, as many are in the trash, as many drafts. */
const ARTICLES = 4000
/** More rows than any page of 20 needs with what is looked up for it, and fewer than that tenth. */
const MOST_ROWS = 350

/** Of those that go by several conditions, the ones that an index has together. */
const alsoFlat = ['most favoured', 'drafts of others', 'drafts of one other', 'trash of all']

let database: TestDatabase
let deps: Deps
let explained: ReturnType<typeof openExplained>
let lists: Record<string, () => Promise<unknown>>

beforeAll(async () => {
  database = await createTestDatabase()
  await database.asOperator((sql) => fill(sql, ARTICLES))
  deps = createDeps(environment(database.url))
  explained = openExplained(database.adminUrl)
  const callers = callersOn(deps, explained.db)
  const combined = Object.entries(combinedListsOf(callers))
  lists = {
    ...listsOf(callers, ARTICLES),
    ...Object.fromEntries(combined.filter(([name]) => alsoFlat.includes(name))),
  }
})

afterAll(async () => {
  await explained[Symbol.asyncDispose]()
  await deps[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const rowsOf = async (name: string) => {
  const list = lists[name]
  if (!list) throw new Error(`There is no list "${name}"`)
  return (await explained.costOf(list)).rows
}

test('no list reads more than a page needs', async () => {
  const tooMany: [string, number][] = []
  for (const name of Object.keys(lists)) {
    const rows = await rowsOf(name)
    if (rows > MOST_ROWS) tooMany.push([name, rows])
  }
  expect(tooMany).toEqual([])
})

test.for([
  ['all', 'articles_published_idx'],
  ['all, from the middle', 'articles_published_idx'],
  ['of a tag', 'article_tags_published_idx'],
  ['of an author', 'article_authors_published_idx'],
  ['feed', 'article_authors_published_idx'],
  ['mine', 'articles_author_updated_idx'],
  ['favourites', 'favourites_user_created_idx'],
  ['comments', 'comments_thread_idx'],
  ['most favoured', 'articles_favourites_idx'],
  ['drafts of others', 'articles_status_updated_idx'],
  ['trash of all', 'articles_deleted_idx'],
] as const)('the list "%s" needs %s', async ([name, index]) => {
  const { sql } = explained
  await sql`begin`
  try {
    await sql`drop index ${sql(index)}`
    expect(await rowsOf(name)).toBeGreaterThan(MOST_ROWS)
  } finally {
    await sql`rollback`
  }
})
