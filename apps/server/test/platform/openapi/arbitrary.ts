import type { JsonSchema, OpenApiDocument } from '@galley/api-tools/openapi/document'
import * as fc from 'fast-check'

export type Schemas = OpenApiDocument['components']['schemas']

/** Values that the schema describes. `known` gives what is really there, by the name of the field. */
export function valid(
  schema: JsonSchema,
  schemas: Schemas,
  known: (field: string) => fc.Arbitrary<unknown> | undefined,
  field = '',
): fc.Arbitrary<unknown> {
  const real = known(field)
  const made = make()
  return real ? fc.oneof({ weight: 3, arbitrary: real }, { weight: 1, arbitrary: made }) : made

  function make(): fc.Arbitrary<unknown> {
    if (schema.$ref !== undefined) {
      const target = schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}
      return valid(target, schemas, known)
    }
    if (schema.enum) return fc.constantFrom(...schema.enum)
    if (schema.anyOf) {
      return fc.oneof(...schema.anyOf.map((option) => valid(option, schemas, known, field)))
    }
    switch (schema.type) {
      case 'null':
        return fc.constant(null)
      case 'boolean':
        return fc.boolean()
      case 'integer':
        return fc.integer({
          min: schema.minimum ?? -1000,
          max: Math.min(schema.maximum ?? 1000, 2 ** 31),
        })
      case 'array':
        return fc.array(valid(single(schema.items), schemas, known), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.min(schema.maxItems ?? 5, 5),
        })
      case 'object':
        return record(schema)
      default:
        return text(schema)
    }
  }

  function record({ properties = {}, required = [] }: JsonSchema) {
    const fields = Object.entries(properties).map(
      ([name, property]) => [name, valid(single(property), schemas, known, name)] as const,
    )
    return fc.record(Object.fromEntries(fields), { requiredKeys: required })
  }
}

const single = (items: JsonSchema['items']): JsonSchema =>
  typeof items === 'object' && !Array.isArray(items) ? items : {}

function text({ pattern, format, minLength = 0, maxLength = 60 }: JsonSchema) {
  if (format === 'uuid') return fc.uuid({ version: 7 })
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern))
  const size = { minLength, maxLength: Math.min(maxLength, 60) }
  return fc.oneof(fc.string(size), fc.string({ ...size, unit: 'grapheme' }))
}

/** What nobody should send, and somebody will. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\u202e',
    "' or 1=1 --",
    '../../etc/passwd',
    '%00',
    '%',
    '{{7*7}}',
    '__proto__',
    'constructor',
    '<script>alert(1)</script>',
    'x'.repeat(3000),
    '\u0301'.repeat(200),
    'ﷺ'.repeat(200),
    '1e400',
    '-0',
    '9007199254740993',
    'NaN',
    'null',
    'true',
    '[]',
    '2026-02-30T25:61:61Z',
  ),
  fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, Number.MAX_VALUE, [], {}, [[[[]]]]),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.jsonValue({ maxDepth: 2 }),
)
