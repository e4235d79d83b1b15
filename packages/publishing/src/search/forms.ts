import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import type { Terms } from './terms.ts'

type Shown = { config: string; words: string[] }

/** A text as the index has it: without capitals and accents, and its stems in one language. */
type Form = { folded: string; stems: string[] }

/**
 * The forms of what was shown and searched for lately, in characters of both. They follow from the word and the configuration
 * alone, and PostgreSQL takes longer for the forms of a page than for the search.
 */
const known = new LRUCache<string, Form>({
  maxSize: 4_000_000,
  sizeCalculation: ({ folded, stems }, key) =>
    100 + key.length + folded.length + stems.join('').length,
})

const keyOf = (config: string, text: string) => `${config} ${text}`

const statement = prepared((db) =>
  db
    .select({
      config: sql<string>`config`,
      text: sql<string>`word`,
      folded: sql<string>`folded`,
      stems: sql<string[]>`tsvector_to_array(to_tsvector(config::regconfig, folded))`,
    })
    .from(
      sql`unnest(${sql.placeholder('configs')}::text[], ${sql.placeholder('texts')}::text[]) as shown (config, word)
      cross join lateral (select search_words(word, false) as folded offset 0) as own`,
    )
    .prepare('search_forms'),
)

/** Which of the shown words are forms of the terms in the language of their article: by configuration. */
export async function findWordForms(
  db: Db,
  shown: Shown[],
  { words, last }: Terms,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const wordsByConfig = new Map<string, Set<string>>()
  for (const { config, words: more } of shown) {
    const before = wordsByConfig.get(config) ?? new Set()
    wordsByConfig.set(config, before)
    for (const each of more) before.add(each)
  }
  const sought = words.join(' ')
  const asked = last === null ? [sought] : [sought, last]
  const pairs = [...wordsByConfig].flatMap(([config, own]) =>
    own.size === 0 ? [] : [...own, ...asked].map((text) => [config, text] as const),
  )
  const forms = await findForms(db, pairs)
  const formOf = (config: string, text: string) => forms.get(keyOf(config, text)) ?? noForm
  return new Map(
    [...wordsByConfig].map(([config, own]) => {
      const stems = new Set(formOf(config, sought).stems)
      const beginning = last === null ? '' : formOf(config, last).folded
      const isForm = (text: string) => {
        const form = formOf(config, text)
        if (form.stems.some((stem) => stems.has(stem))) return true
        return beginning !== '' && form.folded.startsWith(beginning)
      }
      return [config, new Set([...own].filter(isForm))]
    }),
  )
}

const noForm: Form = { folded: '', stems: [] }

/** Asks for those that are not known; no statement when all are. */
async function findForms(db: Db, pairs: (readonly [config: string, text: string])[]) {
  const forms = new Map<string, Form>()
  const unknown: (readonly [string, string])[] = []
  for (const pair of pairs) {
    const key = keyOf(...pair)
    const form = known.get(key)
    if (form) forms.set(key, form)
    else unknown.push(pair)
  }
  if (unknown.length === 0) return forms
  const rows = await statement(db).execute({
    configs: unknown.map(([config]) => config),
    texts: unknown.map(([, text]) => text),
  })
  for (const { config, text, folded, stems } of rows) {
    const key = keyOf(config, text)
    known.set(key, { folded, stems })
    forms.set(key, { folded, stems })
  }
  return forms
}
