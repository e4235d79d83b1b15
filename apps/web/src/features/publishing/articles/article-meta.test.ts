import { expect, test } from 'vitest'
import { readingMinutes } from './article-meta.tsx'

test.each([
  [0, 1],
  [100, 1],
  [344, 1],
  [345, 2],
  [2300, 10],
])('%i words take %i min', (words, minutes) => {
  expect(readingMinutes(words)).toBe(minutes)
})
