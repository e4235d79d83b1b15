import { expect, test } from 'vitest'
import { hashApiToken, isApiToken, newApiToken } from './api-tokens.ts'

test('TK1 a token has a prefix, 160 bits and more, and no two are the same', () => {
  const tokens = Array.from({ length: 1000 }, () => newApiToken())
  expect(new Set(tokens.map(({ token }) => token)).size).toBe(1000)
  for (const { token, hash, hint } of tokens) {
    expect(token).toMatch(/^gly_[0-9A-Za-z]{36}$/)
    expect(hash).toBe(hashApiToken(token))
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(token.endsWith(hint) && hint.length === 4).toBe(true)
    expect(isApiToken(token)).toBe(true)
  }
  // The random part uses the whole alphabet, 30 characters of it.
  const used = new Set(tokens.flatMap(({ token }) => token.slice(4, 34).split('')))
  expect(used.size).toBe(62)
  expect(30 * Math.log2(used.size)).toBeGreaterThan(160)
})

test('the checksum finds every single wrong character, and what was cut or made longer', () => {
  const { token } = newApiToken()
  for (let at = 4; at < token.length; at += 1) {
    const other = token[at] === 'x' ? 'y' : 'x'
    expect(isApiToken(token.slice(0, at) + other + token.slice(at + 1))).toBe(false)
  }
  for (const wrong of ['', 'gly_', token.slice(0, -1), `${token}0`, token.slice(4), ` ${token}`]) {
    expect(isApiToken(wrong)).toBe(false)
  }
})
