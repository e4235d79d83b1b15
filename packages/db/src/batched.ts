import DataLoader from 'dataloader'
import type { Queryable } from './client.ts'

const MAX_BATCH = 100
/** A look-up waits no longer, however slow the statement before it is. */
const MAX_WAIT_MS = 20

type FindAll<Key, Found> = (db: Queryable, keys: readonly Key[]) => Promise<(Found | null)[]>

/**
 * A look-up by key that shares statements: `batched((db, keys) => ...)`, then `find(db, key)`. Look-ups of one moment go
 * together, and so do those that arrive while a statement is under way. The statement returns what it found in the order
 * of its keys, null where there is nothing (`alignByKey`). No look-up joins a statement that was sent before it, so each
 * sees what was committed before it; nothing is cached.
 */
export function batched<Key, Found>(
  findAll: FindAll<Key, Found>,
): (db: Queryable, key: Key) => Promise<Found | null> {
  const loaders = new WeakMap<Queryable, DataLoader<Key, Found | null>>()
  return (db, key) => {
    const known = loaders.get(db)
    if (known) return known.load(key)
    const loader = createLoader((keys: readonly Key[]) => findAll(db, keys))
    loaders.set(db, loader)
    return loader.load(key)
  }
}

/** The rows in the order of their keys, null where there is none. */
export function alignByKey<Key, Row>(keys: readonly Key[], rows: Row[], keyOf: (row: Row) => Key) {
  const rowByKey = new Map(rows.map((row) => [keyOf(row), row]))
  return keys.map((key) => rowByKey.get(key) ?? null)
}

function createLoader<Key, Found>(findAll: (keys: readonly Key[]) => Promise<(Found | null)[]>) {
  let underWay = 0
  let dispatchNext: (() => void) | undefined
  let timer: NodeJS.Timeout | undefined

  return new DataLoader<Key, Found | null>(runBatch, {
    cache: false,
    maxBatchSize: MAX_BATCH,
    // Called for the first look-up of each batch.
    batchScheduleFn(dispatch) {
      const isBatchBeforeFull = dispatchNext !== undefined
      if (isBatchBeforeFull) send()
      dispatchNext = dispatch
      if (underWay === 0) queueMicrotask(sendIfIdle)
      else timer ??= setTimeout(send, MAX_WAIT_MS)
    },
  })

  async function runBatch(keys: readonly Key[]) {
    underWay += 1
    try {
      return await findAll(keys)
    } finally {
      underWay -= 1
      send()
    }
  }

  function sendIfIdle() {
    if (underWay === 0) send()
  }

  function send() {
    clearTimeout(timer)
    timer = undefined
    const dispatch = dispatchNext
    dispatchNext = undefined
    dispatch?.()
  }
}
