import type { Queryable } from './client.ts'

const MOST = 100
/** A look-up waits no longer, however slow the statement before it is. */
const PATIENCE_MS = 20

type Waiting<Key, Found> = { key: Key; found: PromiseWithResolvers<Found | null> }

/**
 * A look-up by key, of which those that come while one is under way go together: `gathered((db, keys) => ...)`,
 * then `find(db, key)`. The statement answers in the order of its keys, null where there is nothing. On an idle server
 * each look-up is a statement of its own; on a busy one a statement serves many, which costs both sides a fraction. None
 * is put into a statement that was sent before it was asked for, so what is committed before is seen.
 */
export function gathered<Key, Found>(
  run: (db: Queryable, keys: Key[]) => Promise<(Found | null)[]>,
): (db: Queryable, key: Key) => Promise<Found | null> {
  const gatherers = new WeakMap<Queryable, (key: Key) => Promise<Found | null>>()
  return (db, key) => {
    const known = gatherers.get(db)
    if (known) return known(key)
    const gather = createGatherer((keys: Key[]) => run(db, keys))
    gatherers.set(db, gather)
    return gather(key)
  }
}

/** The rows in the order of their keys, null where there is none: what the statement of a look-up answers. */
export function inOrderOf<Key, Row>(keys: Key[], rows: Row[], keyOf: (row: Row) => Key) {
  const found = new Map(rows.map((row) => [keyOf(row), row]))
  return keys.map((key) => found.get(key) ?? null)
}

function createGatherer<Key, Found>(run: (keys: Key[]) => Promise<(Found | null)[]>) {
  let waiting: Waiting<Key, Found>[] = []
  let underWay = 0
  let timer: NodeJS.Timeout | undefined

  return (key: Key) => {
    const found = Promise.withResolvers<Found | null>()
    waiting.push({ key, found })
    if (underWay === 0 || waiting.length >= MOST) send()
    else timer ??= setTimeout(send, PATIENCE_MS)
    return found.promise
  }

  function send() {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0) return
    const sent = waiting
    waiting = []
    void serve(sent)
  }

  async function serve(sent: Waiting<Key, Found>[]) {
    underWay += 1
    try {
      const all = await run(sent.map(({ key }) => key))
      for (const [at, { found }] of sent.entries()) found.resolve(all[at] ?? null)
    } catch (error) {
      for (const { found } of sent) found.reject(error)
    } finally {
      underWay -= 1
      send()
    }
  }
}
