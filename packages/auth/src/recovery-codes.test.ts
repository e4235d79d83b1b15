import { expect, test } from 'vitest'
import { createRecoveryCodes } from './second-factor.ts'

const recoveryCodes = createRecoveryCodes()

test('ten codes of 80 bits in groups, never the same twice', () => {
  const codes = Array.from({ length: 100 }, () => recoveryCodes.create()).flat()
  expect(recoveryCodes.create()).toHaveLength(10)
  for (const code of codes)
    expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/)
  expect(new Set(codes)).toHaveProperty('size', codes.length)
  expect(new Set(codes.join(''))).toHaveProperty('size', 33)
})

test('however it is typed, it is the same code', () => {
  const stored = recoveryCodes.hash('ada', '7k01-m9xd-04tz-hw3c')
  for (const typed of ['7K01M9XD04TZHW3C', '7kol m9xd o4tz hw3c', ' 7kOi--m9xd-04tz-hw3c ']) {
    expect(recoveryCodes.hash('ada', typed)).toBe(stored)
  }
  expect(recoveryCodes.hash('ada', '7k01-m9xd-04tz-hw3d')).not.toBe(stored)
})

test('what is stored holds no code and differs from person to person', () => {
  const stored = recoveryCodes.hash('ada', '7k01-m9xd-04tz-hw3c')
  expect(stored).toMatch(/^[\w-]{43}$/)
  expect(recoveryCodes.hash('bob', '7k01-m9xd-04tz-hw3c')).not.toBe(stored)
})
