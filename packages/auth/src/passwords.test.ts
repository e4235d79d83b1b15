import { hash as argon2 } from '@node-rs/argon2'
import { describe, expect, test } from 'vitest'
import { createPasswordHasher } from './passwords.ts'

const passwords = createPasswordHasher()

describe('hash', () => {
  test('AU1: is argon2id with the parameters of OWASP, salted', async () => {
    const [one, two] = await Promise.all([
      passwords.hash('correct horse'),
      passwords.hash('correct horse'),
    ])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(two).not.toBe(one)
  })

  test.each([
    ['eight characters', 'abcdefgh'],
    ['128 characters', 'Pa55 '.repeat(26).slice(0, 128)],
    ['emoji', '🦊🌲🦊🌲🦊🌲🦊🌲'],
    ['an emoji of several code points', 'family 👩‍👩‍👧‍👦'],
    ['text of 4 KiB', 'é'.repeat(2048)],
    ['a NUL in the middle', 'before\0after'],
  ])('AU3: takes %s, and no other last character', async (_, password) => {
    const hash = await passwords.hash(password)
    expect(await passwords.verify(hash, password)).toBe(true)
    expect(await passwords.verify(hash, `${password.slice(0, -1)}!`)).toBe(false)
    expect(await passwords.verify(hash, password.slice(0, -1))).toBe(false)
    expect(await passwords.verify(hash, `${password} `)).toBe(false)
  })

  test('a letter composed in two ways is the same letter', async () => {
    const composed = 'caf\u00e9 cr\u00e8me'
    const decomposed = 'cafe\u0301 cre\u0300me'
    expect(await passwords.verify(await passwords.hash(composed), decomposed)).toBe(true)
    expect(await passwords.verify(await passwords.hash(decomposed), composed)).toBe(true)
    expect(await passwords.verify(await passwords.hash(composed), 'cafe creme')).toBe(false)
  })
})

describe('verify', () => {
  test.each([
    ['nothing', ''],
    ['text', 'not a hash'],
    ['bcrypt', '$2b$12$abcdefghijklmnopqrstuuJ0b7k1d8l9m0n1o2p3q4r5s6t7u8v9w0'],
    ['a cut hash', '$argon2id$v=19$m=19456,t=2,p=1$XQtCP1f6KYEGPqhqZyoUCg'],
    ['parameters out of range', '$argon2id$v=19$m=0,t=0,p=0$XQtCP1f6KYEGPqhqZyoUCg$/w2W9ItIJRw'],
  ])('is false for %s in place of a hash', async (_, stored) => {
    expect(await passwords.verify(stored, 'correct horse')).toBe(false)
    expect(await passwords.verify(stored, '')).toBe(false)
  })

  test('is false without a hash', async () => {
    expect(await passwords.verify(null, 'correct horse')).toBe(false)
    expect(await passwords.verify(null, '')).toBe(false)
  })

  test('AU4: costs about the same without a hash', async () => {
    const hash = await passwords.hash('correct horse')
    const withHash: number[] = []
    const without: number[] = []
    for (let round = 0; round < 15; round++) {
      withHash.push(await duration(() => passwords.verify(hash, 'wrong horse')))
      without.push(await duration(() => passwords.verify(null, 'wrong horse')))
    }
    const ratio = median(without) / median(withHash)
    expect(ratio).toBeGreaterThan(0.5)
    expect(ratio).toBeLessThan(2)
  })
})

describe('needsRehash', () => {
  test('AU1: is true for other parameters, another algorithm and no hash at all', async () => {
    const weaker = await argon2('correct horse', { memoryCost: 8192 })
    expect(await passwords.verify(weaker, 'correct horse')).toBe(true)
    expect(passwords.needsRehash(weaker)).toBe(true)
    const ofToday = await passwords.hash('correct horse')
    expect(passwords.needsRehash(ofToday.replace('argon2id', 'argon2i'))).toBe(true)
    expect(passwords.needsRehash('not a hash')).toBe(true)
  })

  test('is false for a hash of today', async () => {
    expect(passwords.needsRehash(await passwords.hash('correct horse'))).toBe(false)
  })
})

async function duration(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN
