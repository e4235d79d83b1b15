import type { Db } from './client.ts'
import { mapRowsQuickly } from './row-mapper.ts'

/**
 * A hot query, built once per pool: `const byId = prepared((db) => db.select()....prepare('articles_by_id'))`, then
 * `byId(db).execute({ id })`. A transaction is a `db` of its own: what runs in it is built for it, and forgotten with it.
 */
export function prepared<Query extends object>(build: (db: Db) => Query): (db: Db) => Query {
  const queries = new WeakMap<Db, Query>()
  return (db) => {
    const known = queries.get(db)
    if (known !== undefined) return known
    const query = mapRowsQuickly(build(db))
    queries.set(db, query)
    return query
  }
}
