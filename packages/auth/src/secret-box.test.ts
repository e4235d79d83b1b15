import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createSecretBox } from './secret-box.ts'

const old = { id: '2025', key: randomBytes(32) }
const young = { id: '2026', key: randomBytes(32) }
const box = createSecretBox([young, old])

test('a text comes back in its own context only', () => {
  const encrypted = box.encrypt('a secret', 'totp:1')
  expect(encrypted).toMatch(/^v1\.2026\.[\w-]+$/)
  expect(encrypted).not.toContain('secret')
  expect(box.decrypt(encrypted, 'totp:1')).toBe('a secret')
  expect(() => box.decrypt(encrypted, 'totp:2')).toThrow()
})

test('the same text is never encrypted to the same', () => {
  expect(box.encrypt('a secret', 'x')).not.toBe(box.encrypt('a secret', 'x'))
})

test('a changed text is refused', () => {
  const encrypted = box.encrypt('a secret', 'x')
  const flipped = encrypted.slice(0, -2) + (encrypted.endsWith('AA') ? 'BB' : 'AA')
  expect(() => box.decrypt(flipped, 'x')).toThrow()
  expect(() => box.decrypt('v1.2026.', 'x')).toThrow()
  expect(() => box.decrypt('not one', 'x')).toThrow()
})

test('rotation: what the old key made is read, and known to be outdated', () => {
  const encrypted = createSecretBox([old]).encrypt('a secret', 'x')
  expect(box.decrypt(encrypted, 'x')).toBe('a secret')
  expect(box.isOutdated(encrypted)).toBe(true)
  expect(box.isOutdated(box.encrypt('a secret', 'x'))).toBe(false)
  expect(() => createSecretBox([young]).decrypt(encrypted, 'x')).toThrow('no encryption key 2025')
})

test('signatures hold for their purpose and data, also those of the old key', () => {
  const signature = createSecretBox([old]).sign('device', 'ada')
  expect(box.verify('device', 'ada', signature)).toBe(true)
  expect(box.signatures('device', 'ada')).toEqual([box.sign('device', 'ada'), signature])
  expect(box.verify('device', 'bob', signature)).toBe(false)
  expect(box.verify('other', 'ada', signature)).toBe(false)
  expect(box.verify('device', 'ada', '')).toBe(false)
})

test('without a key there is no box', () => {
  expect(() => createSecretBox([])).toThrow('no encryption key')
})
