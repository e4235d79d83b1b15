import { expect, test } from 'vitest'
import { parseTraceparent, toTraceparent, traceIdIn } from './traceparent.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const spanId = 'b7ad6b7169203331'
const header = `00-${traceId}-${spanId}-01`

test('a cause is read from its header and written again', () => {
  expect(parseTraceparent(header)).toEqual({ traceId, spanId, traceFlags: 1 })
  expect(toTraceparent({ traceId, spanId, traceFlags: 1 })).toBe(header)
  expect(traceIdIn(header)).toBe(traceId)
})

test('of a later version, what it adds and its flags are not kept', () => {
  expect(parseTraceparent(`cc-${traceId}-${spanId}-ff-what-is-new`)).toEqual({
    traceId,
    spanId,
    traceFlags: 1,
  })
})

test.each([
  undefined,
  [header],
  '',
  header.toUpperCase(),
  `ff-${traceId}-${spanId}-01`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  `00-${traceId}-${spanId}`,
  `00-${traceId}-${spanId}-011`,
  ` ${header}`,
])('%j is none', (text) => {
  expect(parseTraceparent(text)).toBeUndefined()
})
