import { expect, test } from 'vitest'
import { findBlock, wordsOf } from './follow-caret.ts'

const text = `# Tides

The *tide* comes [twice](https://example.com/a) a day.

- moon
- sun

The end is **near**.

moon`
const blocks = [
  'Tides',
  'The tide comes twice a day.',
  'moon',
  'sun',
  'The end is near.',
  'moon',
].map(wordsOf)

test.each([
  ['a heading', text.indexOf('Tides'), 0],
  ['marked words and a link', text.indexOf('comes'), 1],
  ['an item that is also elsewhere', text.indexOf('- moon') + 3, 2],
  ['the same words further down', text.length, 5],
  ['the end of a line', text.indexOf('\n\n- moon'), 1],
  ['a blank line', text.indexOf('\n\nThe end') + 1, 3],
])('the preview goes to %s', (_name, at, index) => {
  expect(findBlock({ text, at }, blocks)).toBe(index)
})

test('words that no block has lead to about the same part', () => {
  const body = `${'a\n\n'.repeat(50)}![](image.png)\n\n${'b\n\n'.repeat(50)}`
  const many = Array.from({ length: 100 }, (_, index) => (index < 50 ? 'x' : 'y'))
  expect(findBlock({ text: body, at: body.indexOf('image') }, many)).toBeCloseTo(48, -1)
  expect(findBlock({ text: '', at: 0 }, ['x'])).toBe(0)
})
