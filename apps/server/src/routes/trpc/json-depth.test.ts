import { expect, test } from 'vitest'
import { isDeeperThan } from './json-depth.ts'

const nested = (depth: number) => '[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2)

test.for([2, 10, 32])('%i levels are as deep as they are', (depth) => {
  expect(isDeeperThan(depth, nested(depth))).toBe(false)
  expect(isDeeperThan(depth - 1, nested(depth))).toBe(true)
})

test('brackets side by side are not depth', () => {
  expect(isDeeperThan(2, JSON.stringify(Array.from({ length: 1000 }, () => [])))).toBe(false)
})

test.for(['[[[[', '{"', '\\"', '"[{', 'a\\\\"[['])('%s inside text is not depth', (text) => {
  expect(isDeeperThan(2, JSON.stringify({ text: [text.repeat(50)] }))).toBe(false)
})

test('text that is no JSON is read without harm', () => {
  for (const text of ['', '"', '"\\', ']]]]', '\0', '[[']) expect(isDeeperThan(2, text)).toBe(false)
})
