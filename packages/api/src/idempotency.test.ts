import { expect, test } from 'vitest'
import { takesKey } from './idempotency.ts'
import { listProcedures } from './procedures.ts'
import { appRouter } from './root.ts'

const mutations = listProcedures(appRouter).filter(({ type }) => type === 'mutation')

test('ID1 every write at a REST address takes a key', () => {
  const without = mutations.filter(({ meta }) => meta.rest && !meta.readOnly && !takesKey(meta))
  expect(without).toEqual([])
})

// What these return is a secret, or comes with a cookie.
const secretive = /^(sessions|credentials|tokens|passkeys|identities)[.]/

test('ID1 the responses that hold secrets or set cookies are never kept', () => {
  const kept = mutations.filter(({ meta }) => takesKey(meta)).map(({ path }) => path)
  expect(kept.filter((name) => secretive.test(name))).toEqual([])
  expect(kept).toContain('articles.create')
  expect(kept).not.toContain('articles.preview')
  expect(kept).toContain('users.setRole')
  expect(kept).not.toContain('users.create')
})
