import { describe, expect, test } from 'vitest'
import { safeNext } from './safe-next.ts'

describe('safeNext', () => {
  test.each([
    '/',
    '/feed',
    '/articles/a-b?comments=x#comments',
    '/tags/%E6%B4%BB%E5%AD%97',
    '/me/articles?show=published',
  ])('keeps the path of this site %s', (next) => {
    expect(safeNext(next)).toBe(next)
  })

  // ASVS V5.1.5 and the usual ways around a check for a leading slash.
  test.each([
    'https://evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/\r\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '/\0/evil.example',
    '/%2fevil.example',
    '/%2F%2Fevil.example',
    '%2f%2fevil.example',
    '/%5cevil.example',
    '/%09/evil.example',
    '/%0d%0aset-cookie:x',
    '/./%2fevil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/a/..//evil.example',
    '/%2e//evil.example',
    '//evil.example/%2f..',
    'feed',
    '?next=/',
    '#x',
    '',
    '/%',
    '/%zz',
  ])('refuses %j', (next) => {
    expect(safeNext(next)).toBe('/')
  })

  test('refuses what is too long for an address', () => {
    expect(safeNext(`/${'a'.repeat(2000)}`)).toBe('/')
  })

  test.each([undefined, null, 7, ['/feed'], { toString: () => '/feed' }])(
    'refuses what is not a text: %j',
    (next) => {
      expect(safeNext(next)).toBe('/')
    },
  )

  test.each(['/sign-in', '/sign-up?next=/feed', '/x/../sign-in', '/sign-in/second-factor'])(
    'does not lead back to the gate: %s',
    (next) => {
      expect(safeNext(next)).toBe('/')
    },
  )
})
