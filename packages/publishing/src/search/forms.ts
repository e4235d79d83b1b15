import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { sql } from 'drizzle-orm'
import type { Terms } from './terms.ts'

type Shown = { config: string; words: string[] }

const isForm = sql`
  tsvector_to_array(to_tsvector(config::regconfig, search_words(word, false)))
    && tsvector_to_array(to_tsvector(config::regconfig, search_words(${sql.placeholder('terms')}, false)))
  or starts_with(search_words(word, false), search_words(${sql.placeholder('last')}, false))`

const statement = prepared((db) =>
  db
    .select({ config: sql<string>`config`, word: sql<string>`word` })
    .from(
      sql`unnest(${sql.placeholder('configs')}::text[], ${sql.placeholder('words')}::text[]) as shown (config, word)`,
    )
    .where(isForm)
    .prepare('search_forms'),
)

/** Which of the shown words are forms of the terms in the language of their article: by configuration. */
export async function findWordForms(
  db: Db,
  shown: Shown[],
  terms: Terms,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const wordsByConfig = new Map<string, Set<string>>()
  for (const { config, words } of shown) {
    const known = wordsByConfig.get(config) ?? new Set()
    wordsByConfig.set(config, new Set([...known, ...words]))
  }
  const pairs = [...wordsByConfig].flatMap(([config, words]) =>
    [...words].map((word) => ({ config, word })),
  )
  if (pairs.length === 0) return new Map()
  const rows = await statement(db).execute({
    configs: pairs.map(({ config }) => config),
    words: pairs.map(({ word }) => word),
    terms: terms.words.join(' '),
    last: terms.last,
  })
  const byConfig = Map.groupBy(rows, ({ config }) => config)
  return new Map(
    [...byConfig].map(([config, found]) => [config, new Set(found.map(({ word }) => word))]),
  )
}
