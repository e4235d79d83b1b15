import { describe, expect, test } from 'vitest'
import { publicAddressOf } from '../../src/public-address.ts'

test.for([
  ['/', '/'],
  ['/?', '/'],
  ['/?cursor=abc', '/?cursor=abc'],
  ['/?utm_source=x&cursor=abc&fbclid=y', '/?cursor=abc'],
  ['/?b=2&a=1', '/'],
  ['/?__proto__=1', '/'],
  ['/articles/one', '/articles/one'],
  ['/articles/one?comments=abc', '/articles/one?comments=abc'],
  ['/articles/one?comment=abc', '/articles/one?comment=abc'],
  ['/articles/one?cursor=abc', '/articles/one'],
  ['/articles/%E6%9C%AC', '/articles/%E6%9C%AC'],
  ['/authors/mira-okafor', '/authors/mira-okafor'],
  ['/tags', '/tags'],
  ['/search', '/search'],
  ['/search?q=small+trees&utm_source=x&tag=wood', '/search?q=small+trees&tag=wood'],
  ['/tags/web-performance?cursor=a', '/tags/web-performance?cursor=a'],
] as const)('%s is the public page %s', ([target, address]) => {
  expect(publicAddressOf(target)).toBe(address)
})

describe('no page is kept for', () => {
  test.for([
    // Not the same for all
    '/me/articles',
    '/settings',
    '/feed',
    '/sign-in',
    '/editor/1',
    '/admin',
    // Not written as links are
    '/articles/%6fne',
    '/articles/%e6%9c%ac',
    '/articles/one;a.css',
    '/articles/one%2F..%2Ftwo',
    '/articles/one%00',
    '/articles/%zz',
    '/articles/one\\two',
    '/?cursor=',
    '/?cursor=a&cursor=b',
    '/?cursor=a&cursor=a',
    '/articles/one?comments=a&comments=b',
    // Few ask for the same
    '/search?q=trees&cursor=abc',
    // Nowhere
    '/articles/one/.css',
    '/articles/one/two',
    '/articles',
    '/authors/mira/other',
    '/nothing',
    // Somebody has come back with a problem
    '/?problem=identity/failed',
    '/articles/one?problem=x',
    `/?cursor=${'a'.repeat(400)}`,
  ])('%s', (target) => {
    expect(publicAddressOf(target)).toBeUndefined()
  })
})
