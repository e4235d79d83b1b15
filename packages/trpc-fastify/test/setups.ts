import type { TestOptions } from './options.ts'
import { newRouter } from './router.ts'

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
  lazy: () => ({ router: newRouter({ isLazy: true }) }),
  transformed: () => ({ router: newRouter({ transformer: tagged }) }),
  headers: (told) => ({
    errorHeaders(errors) {
      told.push(`headers for ${errors.join()}`)
      return { 'x-failed': String(errors.length), 'Cache-Control': 'no-store' }
    },
  }),
} satisfies Record<string, (told: string[]) => Partial<TestOptions>>

export type Setup = keyof typeof setups
