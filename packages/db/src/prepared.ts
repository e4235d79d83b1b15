import type { Queryable } from './client.ts'
import { mapRowsQuickly } from './row-mapper.ts'

/**
 * A hot query: `const byId = prepared((db) => db.select()....prepare('articles_by_id'))`, then
 * `byId(db).execute({ id })`, where `db` may be a transaction. Its text is built once, whatever it is sent through, and
 * the server plans it once for each connection.
 */
export function prepared<Query extends object>(
  build: (db: Queryable) => Query,
  sending: Sending = {},
): (db: Queryable) => Query {
  let first: Query | undefined
  const queries = new WeakMap<Queryable, Query>()
  return (db) => {
    const known = queries.get(db)
    if (known !== undefined) return known
    first ??= mapRowsQuickly(build(db))
    const query = sentThrough(db, first, sending)
    queries.set(db, query)
    return query
  }
}

/**
 * `alone`: it waits for a connection that is free, and nothing else is sent through that one until it has ended. Other statements
 * are sent behind each other where no connection is free, which is quicker for what is short.
 */
type Sending = { alone?: boolean }

/** The query, sent through another database: what Drizzle has it hold of the first is its client and its logger. */
function sentThrough<Query extends object>(db: Queryable, query: Query, sending: Sending): Query {
  const { client, logger } = Reflect.get(db, 'session')
  return Object.create(query, {
    client: { value: preparing(client, sending) },
    logger: { value: logger },
  })
}

/** What Drizzle calls of postgres.js to send a query. */
type Client = { unsafe: (text: string, values: unknown[], options: object) => unknown }

/** Otherwise the driver sends a text without values as it is, and the server plans it each time. Its types lack `simple`. */
const preparing = (client: Client, sending: Sending): Client => ({
  unsafe: (text, values, options) =>
    client.unsafe(text, values, { ...options, ...sending, simple: false }),
})
