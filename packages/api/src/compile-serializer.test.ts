import { expect, test } from 'vitest'
import { z } from 'zod'
import { compileSerializer } from './compile-serializer.ts'

const Person = z.object({ name: z.string(), "odd'key": z.number() })

test('what the schema does not name is left out, at every depth', () => {
  const copy = compileSerializer(
    z.object({ people: z.array(Person), first: Person.nullable(), kind: z.enum(['a', 'b']) }),
  )
  const jane = { name: 'Jane', "odd'key": 1, passwordHash: 'secret' }
  expect(copy({ people: [jane, jane], first: jane, kind: 'a', secret: 1 })).toEqual({
    people: [
      { name: 'Jane', "odd'key": 1 },
      { name: 'Jane', "odd'key": 1 },
    ],
    first: { name: 'Jane', "odd'key": 1 },
    kind: 'a',
  })
  expect(copy({ people: [], first: null, kind: 'b' })).toEqual({
    people: [],
    first: null,
    kind: 'b',
  })
})

test('what may be missing may be missing', () => {
  const copy = compileSerializer(z.object({ total: z.number().optional(), who: Person.optional() }))
  expect(JSON.stringify(copy({}))).toBe('{}')
  expect(copy({ total: 3, who: { name: 'J', "odd'key": 2 } })).toEqual({
    total: 3,
    who: { name: 'J', "odd'key": 2 },
  })
})

test('what is open in the schema is sent unchanged', () => {
  const value = { a: { b: [1] } }
  expect(compileSerializer(z.looseObject({ a: z.unknown() }))(value)).toBe(value)
  expect(compileSerializer(z.object({ a: z.record(z.string(), z.unknown()) }))(value)).toEqual(
    value,
  )
  expect(compileSerializer(z.object({ a: z.unknown() }))(value)).toEqual(value)
})

test('a value where there must be one is not made up', () => {
  expect(() => compileSerializer(z.object({ who: Person }))({})).toThrow(TypeError)
  expect(() => compileSerializer(z.array(Person))(null)).toThrow(TypeError)
})

test('a kind of schema that it cannot copy is refused when the router is made', () => {
  const Either = z.union([Person, z.object({ id: z.string() })])
  expect(() => compileSerializer(z.object({ either: Either }))).toThrow(/type union/)
})
