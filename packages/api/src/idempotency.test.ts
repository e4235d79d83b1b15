import { expect, test } from 'vitest'
import { z } from 'zod'
import { takesKey } from './idempotency.ts'
import { appRouter } from './root.ts'
import type { Meta } from './trpc.ts'

const procedures = z
  .record(z.string(), z.custom<{ _def: { type: string; meta: Meta } }>())
  .parse(appRouter._def.procedures)

const mutations = Object.entries(procedures)
  .map(([name, { _def }]) => ({ name, ..._def }))
  .filter(({ type }) => type === 'mutation')

test('ID1 every write at a REST address takes a key', () => {
  const without = mutations.filter(({ meta }) => meta.rest && !meta.readOnly && !takesKey(meta))
  expect(without).toEqual([])
})

// What these answer is a secret, or comes with a cookie.
const secretive = /^(sessions|credentials|tokens|passkeys|identities)[.]/

test('ID1 the answers that hold secrets or set cookies are never kept', () => {
  const kept = mutations.filter(({ meta }) => takesKey(meta)).map(({ name }) => name)
  expect(kept.filter((name) => secretive.test(name))).toEqual([])
  expect(kept).toContain('articles.create')
  expect(kept).not.toContain('articles.preview')
  expect(kept).toContain('users.setRole')
  expect(kept).not.toContain('users.create')
})
