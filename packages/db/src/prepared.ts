import type { Db } from './client.ts'

/**
 * A hot query, built once per pool: `const byId = prepared((db) => db.select()....prepare('articles_by_id'))`, then
 * `byId(db).execute({ id })`. Not for transactions: a prepared query belongs to the pool it was built on.
 */
export function prepared<Query>(build: (db: Db) => Query): (db: Db) => Query {
  const queries = new WeakMap<Db, Query>()
  return (db) => {
    const known = queries.get(db)
    if (known !== undefined) return known
    const query = build(db)
    queries.set(db, query)
    return query
  }
}
