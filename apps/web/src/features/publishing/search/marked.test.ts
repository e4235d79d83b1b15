import { expect, test } from 'vitest'
import { markedParts } from './marked.tsx'

const cut = (text: string, ...ranges: [number, number][]) =>
  markedParts(
    text,
    ranges.map(([start, end]) => ({ start, end })),
  ).map(({ part, isMarked }) => (isMarked ? `[${part}]` : part))

test.each([
  ['nothing', 'A tree', [], ['A tree']],
  ['the beginning', 'A tree', [[0, 1]], ['[A]', ' tree']],
  ['the end', 'A tree', [[2, 6]], ['A ', '[tree]']],
  [
    'two words side by side',
    'A tree',
    [
      [0, 1],
      [1, 6],
    ],
    ['[A]', '[ tree]'],
  ],
  ['all', 'tree', [[0, 4]], ['[tree]']],
  ['a character of two code units', 'a \u{1F333} b', [[2, 4]], ['a ', '[\u{1F333}]', ' b']],
] as const)('%s is marked', (_, text, ranges, parts) => {
  expect(cut(text, ...ranges.map(([start, end]): [number, number] => [start, end]))).toEqual(parts)
})

test('no text is lost', () => {
  const text = 'Plant the tree small'
  expect(
    markedParts(text, [{ start: 6, end: 9 }])
      .map(({ part }) => part)
      .join(''),
  ).toBe(text)
})
