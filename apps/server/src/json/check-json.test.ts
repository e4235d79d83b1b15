import { AppError } from '@galley/platform/errors'
import { assert, constantFrom, jsonValue, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { checkJson } from './check-json.ts'

/** The first wrong place, and what is wrong there. */
function faultOf(json: string, skip?: number) {
  try {
    checkJson(json, skip)
    return undefined
  } catch (error) {
    return error instanceof AppError ? { reason: error.reason, ...error.fields[0] } : error
  }
}

const nested = (depth: number) => '[{"a":'.repeat(depth / 2) + '1' + '}]'.repeat(depth / 2)

test('32 levels are taken, 34 are not', () => {
  expect(faultOf(nested(32))).toBeUndefined()
  const tooDeep = { reason: 'request/malformed', message: 'Nested more than 32 levels deep.' }
  expect(faultOf(nested(34))).toMatchObject(tooDeep)
  expect(faultOf('['.repeat(1_000_000))).toMatchObject(tooDeep)
})

test('brackets side by side are not depth', () => {
  const json = JSON.stringify(Array.from({ length: 1000 }, () => []))
  expect(faultOf(json)).toBeUndefined()
})

test.for(['[[[[', '{"', '\\"', '"[{', 'a\\\\"[[', '","a":'])('%s inside text is text', (text) => {
  expect(faultOf(JSON.stringify({ text: [text.repeat(50)] }))).toBeUndefined()
})

test.for([
  ['{"a":1,"a":2}', 'a'],
  ['{"a":1,"\\u0061":2}', 'a'],
  ['{"a":{"b":[{},{"c":"a","d":1,"c":2}]}}', 'a.b.1.c'],
  ['{"":1,"":2}', ''],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
] as const)('%s gives %s twice', ([json, path]) => {
  expect(faultOf(json)).toEqual({ reason: 'request/invalid', path, message: 'Given twice.' })
})

test('the path begins after the levels that are skipped: a batch is not its calls', () => {
  expect(faultOf('{"0":{},"1":{"a":1,"a":2}}', 1)).toMatchObject({ path: 'a' })
})

test('one key in several objects, and a key as a value, are not twice', () => {
  const json = '[{"a":1},{"a":"a","b":{"a":["a","a"]}},{"a":1}]'
  expect(faultOf(json)).toBeUndefined()
})

test('no JSON that a program writes has a fault', () => {
  assert(
    property(jsonValue({ maxDepth: 6 }), (value) => {
      expect(faultOf(JSON.stringify(value, null, 2))).toBeUndefined()
    }),
  )
})

test('text that is no JSON is read without harm', () => {
  assert(
    property(
      string({ unit: constantFrom('"', '\\', '[', ']', '{', '}', ',', ':', 'a') }),
      (text) => {
        faultOf(text)
      },
    ),
  )
})
