import type { AnyTRPCRouter } from '@trpc/server'
import type { TrpcOptions } from '../src/options.ts'
import { newRouter } from './router.ts'

type Changes = Partial<TrpcOptions<AnyTRPCRouter>>
type Meta = NonNullable<Changes['responseMeta']>

const tagged = {
  tag: 'v' as const,
  serialize(value: unknown) {
    return { [this.tag]: value ?? null }
  },
  deserialize(value: { v: unknown }) {
    if (!(this.tag in value)) throw new Error('not tagged')
    return value[this.tag]
  },
}

/** What differs from one pair of servers to the next. */
export const setups = {
  plain: () => ({}),
  capped: () => ({ maxBatchSize: 3 }),
  unbatched: () => ({ allowBatching: false }),
  unbatchedOld: () => ({ batching: { enabled: false } }),
  override: () => ({ allowMethodOverride: true }),
  transformed: () => ({ router: newRouter(tagged) }),
  headers: (told) => ({
    responseMeta: noting(told, () => ({
      headers: new Headers([
        ['vary', 'origin'],
        ['Cache-Control', 'no-store'],
        ['set-cookie', 'meta=1'],
        ['set-cookie', 'meta=2'],
      ]),
    })),
  }),
  plainHeaders: (told) => ({
    responseMeta: noting(told, () => ({
      headers: { vary: 'origin', 'X-One': ' 1 ', 'x-many': ['1', '2'], 'x-none': undefined },
    })),
  }),
  type: () => ({
    responseMeta: () => ({ headers: { 'content-type': 'application/problem+json' } }),
  }),
  status: (told) => ({
    responseMeta: noting(told, ({ errors }) => ({ status: errors.length > 0 ? 299 : 203 })),
  }),
  redirect: () => ({
    responseMeta: () => ({ status: 302, headers: new Headers({ location: '/elsewhere' }) }),
  }),
  noContent: () => ({ responseMeta: () => ({ status: 204 }) }),
  badStatus: () => ({ responseMeta: () => ({ status: 999 }) }),
  badHeader: () => ({ responseMeta: () => ({ headers: { 'no such name': '1' } }) }),
  badMetaOnce: () => ({
    responseMeta: ({ errors }) => {
      if (errors.length > 0) return { headers: { 'x-failed': 'yes' } }
      throw new Error('responseMeta is broken')
    },
  }),
  noMeta: () => ({ responseMeta: (() => undefined) as unknown as Meta }),
} satisfies Record<string, (told: string[]) => Changes>

export type Setup = keyof typeof setups

function noting(told: string[], meta: Meta): Meta {
  return (options) => {
    const { data, paths, type, eagerGeneration, info, ctx, errors } = options
    const about = { data: safe(data), paths, type, eagerGeneration, batch: info?.isBatchCall }
    told.push(`meta ${JSON.stringify(about)} ${String(ctx !== undefined)} ${errors.join()}`)
    return meta(options)
  }
}

// An output that is no JSON is told by its kind.
const safe = (data: unknown) => {
  try {
    return JSON.stringify(data)
  } catch (error) {
    return String(error)
  }
}
