import { emptyToNull, integerIn, localTimeOf, timestampIn } from '@galley/ui/field-values'
import { expect, test } from 'vitest'

test('an empty field stands for nothing', () => {
  expect([emptyToNull(''), emptyToNull('  \n'), emptyToNull(' a ')]).toEqual([null, null, ' a '])
  expect([integerIn(' '), timestampIn(''), localTimeOf(null), localTimeOf(undefined)]).toEqual([
    null,
    null,
    '',
    '',
  ])
})

test.each([
  ['7', 7],
  [' -12 ', -12],
  ['+3', 3],
  ['1.5', NaN],
  ['1e3', NaN],
  ['0x10', NaN],
  ['12 apples', NaN],
  ['9'.repeat(16), NaN],
])('the whole number in %j is %j', (text, number) => {
  expect(integerIn(text)).toBe(number)
})

test.each(['2026-03-14T08:30', '2026-07-14T08:30:05', '2026-07-14T23:59:00.120'])(
  '%s is the same local time after it was a timestamp',
  (local) => {
    const timestamp = timestampIn(local)
    expect(timestamp).toMatch(/^\d{4}-.*Z$/)
    expect(localTimeOf(timestamp)).toBe(local)
  },
)

test('what is no time stays what was typed, to be refused', () => {
  expect(timestampIn('soon')).toBe('soon')
})
