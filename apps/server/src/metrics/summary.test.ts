import { expect, test } from 'vitest'
import { quantile, sinceThen, totalOf } from './summary.ts'

const buckets = (counts: [number, number][]) => new Map(counts)

test.for([
  [
    0.5,
    [
      [0.1, 0],
      [0.2, 10],
      [Infinity, 10],
    ],
    0.15,
  ],
  [
    0.95,
    [
      [0.1, 100],
      [0.2, 100],
      [Infinity, 100],
    ],
    0.095,
  ],
  [
    0.99,
    [
      [0.1, 50],
      [0.2, 90],
      [Infinity, 100],
    ],
    0.2,
  ],
  [
    0.5,
    [
      [0.1, 0],
      [Infinity, 0],
    ],
    null,
  ],
] as [number, [number, number][], number | null][])(
  'a part of %d of %j lies below %d',
  ([q, counts, value]) => {
    const found = quantile(q, buckets(counts))
    expect(found === null ? null : Number(found.toFixed(6))).toBe(value)
  },
)

test('what came since then, also where there was nothing, or less by now', () => {
  const after = buckets([
    [0.1, 3],
    [Infinity, 5],
  ])
  expect(
    totalOf(
      sinceThen(
        after,
        buckets([
          [0.1, 1],
          [Infinity, 4],
        ]),
      ),
    ),
  ).toBe(1)
  expect(totalOf(sinceThen(after, undefined))).toBe(5)
  expect(totalOf(sinceThen(after, buckets([[Infinity, 9]])))).toBe(0)
})
