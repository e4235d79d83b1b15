import { expect, test } from 'vitest'
import { canonicalTarget, queryOf } from './paths.ts'

test.for([
  ['/', '/'],
  ['/?a=B/', '/?a=B/'],
  ['/authors/mira-okafor/', '/authors/mira-okafor'],
  ['/Authors/MIRA-OKAFOR?page=A', '/authors/mira-okafor?page=A'],
  ['//evil.example/', '/evil.example'],
  ['/tags//a', '/tags/a'],
  ['/tags/caf%c3%a9', '/tags/caf%c3%a9'],
  ['/tags/CAF%C3%89/', '/tags/caf%C3%A9'],
  ['/a%2FB', '/a%2Fb'],
  ['/%ff/', '/%ff'],
] as const)('%s is canonically %s', ([target, canonical]) => {
  expect(canonicalTarget(target)).toBe(canonical)
  expect(canonicalTarget(canonical)).toBe(canonical)
})

test.for([
  ['/auth/company/callback', {}],
  ['/auth/company/callback?', {}],
  ['/auth/company/callback?code=a%3Fb&state=c', { code: 'a?b', state: 'c' }],
  ['/auth/company/callback?code=a?b&state=c?', { code: 'a?b', state: 'c?' }],
] as const)('the query of %s is %o', ([target, query]) => {
  expect(Object.fromEntries(queryOf(target))).toEqual(query)
})
