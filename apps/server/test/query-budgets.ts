// In every test of the server, the statements of each call are counted, and one that sends more than its procedure's
// `meta.queries` fails the test. What is measured is what the procedure itself asks for.
import { appendFileSync } from 'node:fs'
import { afterAll, afterEach, vi } from 'vitest'
import type { Queryable } from '@galley/db/client'
import { most, overdrawn } from './query-counter.ts'

type Resolver = (options: { path: string; input: unknown }) => unknown
type FindAll<Key, Found> = (db: Queryable, keys: readonly Key[]) => Promise<(Found | null)[]>
type Definition = { meta?: { queries: number } }

/** A list that is asked for its `total` counts in a statement of its own. */
const countOf = (input: unknown) =>
  typeof input === 'object' && input !== null && 'total' in input && input.total === true ? 1 : 0

vi.mock(import('@galley/api/sync-parsing'), async (original) => {
  const module = await original()
  const { counted } = await import('./query-counter.ts')

  /** A builder of procedures, of whose procedures the statements are counted, of a subscription those before it begins. */
  const counting = <Given extends object>(builder: Given): Given =>
    new Proxy(builder, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name)
        if (typeof member !== 'function') return member
        if (name === 'input' || name === 'output') {
          return (schema: unknown) => counting(Reflect.apply(member, target, [schema]))
        }
        if (!['query', 'mutation', 'subscription'].includes(String(name))) return member
        // What a builder keeps.
        const { meta } = Reflect.get(target, '_def') as Definition
        const allowed = meta?.queries ?? 0
        return (resolve: Resolver) =>
          Reflect.apply(member, target, [
            (options: Parameters<Resolver>[0]) => {
              const { path, input } = options
              return counted({ path, allowed: allowed + countOf(input) }, async () =>
                resolve(options),
              )
            },
          ])
      },
    })
  return {
    ...module,
    withSyncParsing: (builder) => counting(module.withSyncParsing(builder)),
  }
})

vi.mock(import('@galley/db/client'), async (original) => {
  const module = await original()
  const { countStatement } = await import('./query-counter.ts')
  return {
    ...module,
    createDb: (url, options) =>
      module.createDb(url, {
        ...options,
        onQuery(text) {
          countStatement(text)
          options?.onQuery?.(text)
        },
      }),
  }
})

vi.mock(import('@galley/db/batched'), async (original) => {
  const module = await original()
  const { outside, shared } = await import('./query-counter.ts')
  return {
    ...module,
    batched: <Key, Found>(findAll: FindAll<Key, Found>) =>
      shared(
        'a look-up by key',
        module.batched<Key, Found>((db, keys) => outside(() => findAll(db, keys))),
      ),
  }
})

vi.mock(import('@galley/db/transaction'), async (original) => {
  const module = await original()
  const { afresh } = await import('./query-counter.ts')
  return {
    ...module,
    transaction: (db, work) => module.transaction(db, afresh(work)),
    singleStatement: (db, run) => module.singleStatement(db, afresh(run)),
  }
})

afterEach(() => {
  const lines = overdrawn.splice(0)
  if (lines.length > 0) throw new Error(lines.join('\n'))
})

// `QUERY_COUNTS=<file>` writes down the most that each has sent.
afterAll(() => {
  const file = process.env['QUERY_COUNTS']
  for (const [path, count] of file === undefined ? [] : most) {
    appendFileSync(file ?? '', `${JSON.stringify({ path, count })}\n`)
  }
})
