import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Verdict } from './change.ts'
import { compareContracts } from './compare-contracts.ts'
import type { JsonSchema, Surface } from './contract.ts'

const surface = (direction: 'input' | 'output', schema: JsonSchema): Surface => ({
  procedures: {
    'things.get': {
      type: 'query',
      access: 'public',
      scope: null,
      cost: 1,
      input: {},
      output: {},
      [direction]: schema,
    },
  },
  errors: {},
  inputs: {},
  outputs: {},
})

function changesOf(direction: 'input' | 'output', before: z.ZodType, after: z.ZodType) {
  const [old, now] = [before, after].map((schema) =>
    surface(direction, z.toJSONSchema(schema, { io: direction, unrepresentable: 'any' })),
  ) as [Surface, Surface]
  return compareContracts(old, now)
}

const verdicts = (direction: 'input' | 'output', before: z.ZodType, after: z.ZodType) =>
  changesOf(direction, before, after).map(({ verdict }) => verdict)

const field = (schema: z.ZodType) => z.strictObject({ a: schema })
const member = (name: string, value: z.ZodType) => z.object({ kind: z.literal(name), value })

/** Fewer values first: from left to right a schema widens, from right to left it narrows. */
const pairs: [string, z.ZodType, z.ZodType][] = [
  ['nullable', z.string(), z.string().nullable()],
  ['nullable object', field(z.string()), field(z.string()).nullable()],
  ['a field, required or optional', field(z.string()), field(z.string().optional())],
  ['an enum value', z.enum(['a', 'b']), z.enum(['a', 'b', 'c'])],
  ['a literal', z.literal('a'), z.enum(['a', 'b'])],
  ['true alone', z.literal(true), z.boolean()],
  ['an enum or any text', z.enum(['a']), z.string()],
  ['whole numbers', z.number().int().min(0).max(9), z.number().min(0).max(9)],
  ['minimum', z.number().min(2), z.number().min(1)],
  ['no minimum', z.number().min(2), z.number()],
  ['exclusive minimum', z.number().gt(2), z.number().gt(1)],
  ['maximum', z.number().max(5), z.number().max(6)],
  ['exclusive maximum', z.number().lt(5), z.number().lt(6)],
  ['multiple', z.number().multipleOf(2), z.number()],
  ['minLength', z.string().min(2), z.string().min(1)],
  ['maxLength', z.string().max(5), z.string().max(6)],
  ['no maxLength', z.string().max(5), z.string()],
  ['minItems', z.array(z.string()).min(1), z.array(z.string())],
  ['maxItems', z.array(z.string()).max(5), z.array(z.string()).max(6)],
  ['a pattern', z.string().regex(/^a/), z.string()],
  ['items of a list', z.array(z.enum(['a'])), z.array(z.enum(['a', 'b']))],
  ['deep within', field(z.array(field(z.string()))), field(z.array(field(z.string().nullable())))],
  [
    'an alternative',
    z.union([z.string(), z.number()]),
    z.union([z.string(), z.number(), z.null()]),
  ],
  [
    'a value within an alternative',
    z.union([z.string().max(2), z.number()]),
    z.union([z.string().max(3), z.number()]),
  ],
  [
    'one of two strings',
    z.union([z.literal('a'), z.string().max(2)]),
    z.union([z.literal('a'), z.string().max(3)]),
  ],
  [
    'a member of a tagged union',
    z.discriminatedUnion('kind', [member('a', z.string())]),
    z.discriminatedUnion('kind', [member('a', z.string()), member('b', z.string())]),
  ],
  [
    'within a member of a tagged union',
    z.discriminatedUnion('kind', [member('a', z.string()), member('b', z.enum(['x']))]),
    z.discriminatedUnion('kind', [member('b', z.enum(['x', 'y'])), member('a', z.string())]),
  ],
  [
    'values of a record',
    z.record(z.string(), z.string()),
    z.record(z.string(), z.string().nullable()),
  ],
  ['keys of a record', z.record(z.string().max(2), z.int()), z.record(z.string().max(3), z.int())],
  [
    'an item of a tuple',
    z.tuple([z.string(), z.enum(['a'])]),
    z.tuple([z.string(), z.enum(['a', 'b'])]),
  ],
  ['anything', z.string(), z.unknown()],
]

describe.each(pairs)('%s', (_, narrow, wide) => {
  test.each<['input' | 'output', string, z.ZodType, z.ZodType, Verdict]>([
    ['input', 'that takes more', narrow, wide, 'compatible'],
    ['input', 'that takes less', wide, narrow, 'breaking'],
    ['output', 'that may hold more', narrow, wide, 'breaking'],
    ['output', 'that holds less', wide, narrow, 'compatible'],
  ])('an %s %s', (direction, _name, before, after, verdict) => {
    expect(new Set(verdicts(direction, before, after))).toEqual(new Set([verdict]))
  })

  test('as it was', () => {
    expect([...verdicts('input', narrow, narrow), ...verdicts('output', wide, wide)]).toEqual([])
  })
})

const both = z.strictObject({ a: z.string(), b: z.string() })
const one = z.strictObject({ a: z.string() })
const optional = z.strictObject({ a: z.string(), b: z.string().optional() })

test.each<[string, 'input' | 'output', z.ZodType, z.ZodType, Verdict]>([
  ['a field gone from an input', 'input', both, one, 'breaking'],
  ['an optional field gone from an input', 'input', optional, one, 'breaking'],
  ['a new required field of an input', 'input', one, both, 'breaking'],
  ['a new optional field of an input', 'input', one, optional, 'compatible'],
  ['a field gone from an output', 'output', both, one, 'breaking'],
  ['an optional field gone from an output', 'output', optional, one, 'breaking'],
  ['a new field of an output', 'output', one, both, 'compatible'],
  ['a new optional field of an output', 'output', one, optional, 'compatible'],
  ['unknown fields refused', 'input', z.looseObject({}), z.strictObject({}), 'breaking'],
  ['unknown fields taken', 'input', z.strictObject({}), z.looseObject({}), 'compatible'],
  ['another pattern taken', 'input', z.string().regex(/a/), z.string().regex(/b/), 'breaking'],
  ['another pattern answered', 'output', z.string().regex(/a/), z.string().regex(/b/), 'breaking'],
  ['another format', 'output', z.iso.date(), z.iso.time(), 'breaking'],
  ['another type taken', 'input', z.string(), z.number(), 'breaking'],
  ['another type answered', 'output', z.string(), z.number(), 'breaking'],
  ['a list rather than one', 'output', z.string(), z.array(z.string()), 'breaking'],
  ['another default', 'input', z.int().default(1), z.int().default(2), 'notice'],
  [
    'a keyword that nothing here knows',
    'output',
    z.string(),
    z.string().meta({ not: {} }),
    'compatible',
  ],
])('%s', (_, direction, before, after, verdict) => {
  expect(new Set(verdicts(direction, before, after))).toEqual(new Set([verdict]))
})

test('a tuple of another length is another one', () => {
  const [short, long] = [z.tuple([z.string()]), z.tuple([z.string(), z.string()])]
  expect(verdicts('output', short, long)).toContain('breaking')
  expect(verdicts('input', long, short)).toContain('breaking')
})

test('words for readers are no change', () => {
  const described = z
    .string()
    .describe('A name.')
    .meta({ title: 'Name', examples: ['a'] })
  expect(verdicts('input', z.string(), described)).toEqual([])
})

test('a change says where it is', () => {
  const list = (schema: z.ZodType) => z.strictObject({ items: z.array(field(schema)) })
  expect(changesOf('output', list(z.string()), list(z.string().nullable()))).toEqual([
    {
      verdict: 'breaking',
      subject: 'things.get',
      where: 'output of things.get: items[].a',
      what: 'may be null too',
    },
  ])
})
