import { insertUser } from '@galley/testing/factories'
import { beforeEach } from 'vitest'
import type { TestApp } from '../../app.ts'

/** Counters of attempts move when a call is refused, a refusal may be written down, and a word of search is added once. */
const notWatched = [
  'audit_log',
  'rate_counters',
  'search_terms', // publishing
  'throttles',
]

/** What a use alone moves does not count. */
const columnsOfUse = ['last_used_at', 'last_seen_at']

/** To plan this statement takes as long as to run it. Its types lack `simple`: without values the driver sends a text as it is, to be planned each time. */
const prepared: object = { prepare: true, simple: false }

/**
 * Takes the digest of each table: how many rows there are, and the newest transaction that wrote one of them; where a
 * table notes its use, the content of its rows instead.
 */
export async function createSnapshots({ sql }: TestApp['database']) {
  const tables = await sql<{ name: string; notesUse: boolean }[]>`
    select tablename as name, exists (
      select from information_schema.columns
      where table_name = tablename and column_name = any(${columnsOfUse})
    ) as "notesUse"
    from pg_tables where schemaname = 'public' and tablename <> all(${notWatched})`
  const selects = tables.map(({ name, notesUse }) => {
    const digest = notesUse ? contentDigest : `coalesce(max(xmin::text::bigint), 0)`
    return `select '${name}' as name, count(*) || ' ' || ${digest} as digest from "${name}" t`
  })
  const statement = selects.join(' union all ')
  return async () => {
    const rows = await sql.unsafe<{ name: string; digest: string }[]>(statement, [], prepared)
    return new Map(rows.map(({ name, digest }) => [name, digest]))
  }
}

const rowOfContent = columnsOfUse.reduce((row, column) => `${row} - '${column}'`, 'to_jsonb(t)')
const contentDigest = `coalesce(sum(hashtextextended((${rowOfContent})::text, 0)), 0)`

/** The tables whose digests differ. */
export const changedTables = (before: Map<string, string>, after: Map<string, string>) =>
  [...before.keys()].filter((name) => before.get(name) !== after.get(name)).toSorted()

/** A database whose people and all that is theirs are taken away now and then: what a digest costs grows with the rows. */
export function useFewPeople(on: Pick<TestApp, 'database'>) {
  let tests = 0
  beforeEach(async () => {
    if (tests++ % 16 !== 0) return
    await on.database.asOperator((sql) => sql`truncate users cascade`)
    await insertUser(on.database.db, { role: 'admin' }) // so that no admin of a cell is the last one
  })
}
