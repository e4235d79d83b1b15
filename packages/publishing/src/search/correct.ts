import type { Db } from '@galley/db/client'
import { prepared } from '@galley/db/prepared'
import { sql } from 'drizzle-orm'
import { countFound } from './queries.ts'
import { termsOf, word } from './terms.ts'
import type { Wanted } from './wanted.ts'

/** Of each word that nothing holds: those of titles, tags and names that share the most trigrams with it. */
const similar = prepared((db) =>
  db
    .select({
      typed: sql<string>`typed`,
      folded: sql<string>`folded`,
      term: sql<string>`term`,
      word: sql<string>`word`,
    })
    .from(
      sql`unnest(${sql.placeholder('words')}::text[]) as typed
      cross join lateral (select search_words(typed, false) as folded, search_trigrams(search_words(typed, false)) as trigrams) as own
      cross join lateral (
        select term, word, cardinality(array(select unnest(t.trigrams) intersect select unnest(own.trigrams))) as shared
        from search_terms t
        where t.trigrams && own.trigrams and length(term) between length(folded) - 2 and length(folded) + 2
        order by shared desc, abs(length(term) - length(folded)), term limit 10
      ) as near`,
    )
    .where(
      sql`not exists (select from article_search s
        where (s.head || s.body) @@ (select wide from search_queries(typed, null)) and s.status = 'published')
      and not exists (select from search_terms known where known.term = folded)`,
    )
    .prepare('search_similar'),
)

/**
 * The search with its misspelt words put right, by what published titles, tags and names hold; null where that would not
 * find more than `found`. What it suggests is thus found by the same caller.
 */
export async function correctSearch(db: Db, wanted: Wanted, found: number): Promise<string | null> {
  const words = [...new Set(termsOf(wanted.q).words)].filter((each) => each.length >= 4)
  if (words.length === 0) return null
  const rows = await similar(db).execute({ words })
  let q = wanted.q
  for (const [typed, near] of Map.groupBy(rows, (row) => row.typed)) {
    const [best] = near
      .map((row) => ({ word: row.word, distance: editDistance(row.folded, row.term) }))
      .toSorted((one, other) => one.distance - other.distance)
    if (best && best.distance <= (typed.length < 6 ? 1 : 2)) q = replaceWord(q, typed, best.word)
  }
  if (q === wanted.q) return null
  return (await countFound(db, { ...wanted, q, last: null }, found + 1)) > found ? q : null
}

const replaceWord = (q: string, typed: string, better: string) =>
  q.replaceAll(word, (each) => (each === typed ? better : each))

/** Letters to add, to take away, to change, or to swap with the next one (Damerau and Levenshtein, restricted). */
function editDistance(one: string, other: string): number {
  let before: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]
      row.push(
        Math.min(
          (last[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (last[j - 1] ?? 0) + same,
          isSwapped ? (before[j - 2] ?? 0) + 1 : Infinity,
        ),
      )
    }
    before = last
    last = row
  }
  return last[other.length] ?? 0
}
