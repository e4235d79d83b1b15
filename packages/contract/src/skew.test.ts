import { expect, test } from 'vitest'
import { contractHeader, isBreakingSkew } from './skew.ts'
import { contractVersion } from './version.ts'

const built = { major: 2, hash: 'b320ba477f93' }

test.each([
  ['the same contract', '2.b320ba477f93', false],
  ['a compatible one', '2.000000000000', false],
  ['a later major version', '3.b320ba477f93', true],
  ['an earlier one', '1.b320ba477f93', true],
  ['one of two digits', '22.b320ba477f93', true],
  ['no header', null, false],
  ['an empty one', '', false],
  ['an odd one', 'latest', false],
  ['two that were joined', '3.b320ba477f93, 2.b320ba477f93', false],
])('%s', (_, header, expected) => {
  expect(isBreakingSkew(header, built)).toBe(expected)
})

test('a server and what is built with it agree', () => {
  expect(contractHeader(built)).toBe('2.b320ba477f93')
  expect(contractVersion.hash).toMatch(/^[0-9a-f]{12}$/)
  expect(isBreakingSkew(contractHeader())).toBe(false)
})
