import { expect, test } from 'vitest'
import { z } from 'zod'
import { appRouter } from './root.ts'

const procedures = Object.entries(appRouter._def.procedures)
const names = procedures.map(([name]) => name)

test('the router holds the slices, a name is <slice>.<verb>', () => {
  expect(names.length).toBeGreaterThan(20)
  for (const name of names) expect(name).toMatch(/^[a-z]+\.[a-zA-Z]+$/)
})

test.each(procedures)('%s declares input, output, access and cost (AZ1)', (_, procedure) => {
  const { inputs, output, meta } = definitionOf(procedure)
  expect(inputs.length).toBeGreaterThan(0)
  expect(output).toBeInstanceOf(z.ZodType)
  expect(['public', 'signed-in']).toContain(meta?.access)
  expect(meta?.cost).toBeGreaterThan(0)
})

test.each(procedures)('%s takes known fields only, each with a bound (IN2)', (_, procedure) => {
  for (const input of definitionOf(procedure).inputs) {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
    expect(unbounded(schema)).toEqual([])
  }
})

test('a schema without bounds is found', () => {
  const schema = z.object({ text: z.string(), list: z.array(z.strictObject({})).max(2) })
  expect(unbounded(z.toJSONSchema(schema, { io: 'input' }))).toEqual([
    '$: takes unknown fields',
    '$.text: no maximum length',
  ])
})

type Definition = { inputs: z.ZodType[]; output?: unknown; meta?: { access: string; cost: number } }

/** tRPC types a procedure's definition for its own use; these fields are what `.input()` and its like fill. */
function definitionOf(procedure: object): Definition {
  if (!('_def' in procedure)) throw new Error('Not a procedure')
  return procedure._def as Definition
}

type JsonSchema = z.core.JSONSchema.BaseSchema

function unbounded(schema: JsonSchema, path = '$'): string[] {
  const own: string[] = []
  if (schema.type === 'object' && schema.additionalProperties !== false)
    own.push(`${path}: takes unknown fields`)
  if (schema.type === 'array' && schema.maxItems === undefined)
    own.push(`${path}: no maximum length`)
  const bounded = schema.maxLength ?? schema.enum ?? schema.const ?? schema.format ?? schema.pattern
  if (schema.type === 'string' && bounded === undefined) own.push(`${path}: no maximum length`)
  const children = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.anyOf ?? []).map((option, index) => [String(index), option] as const),
    ...(isSchema(schema.items) ? [['[]', schema.items] as const] : []),
  ]
  return [
    ...own,
    ...children.flatMap(([name, child]) =>
      isSchema(child) ? unbounded(child, `${path}.${name}`) : [],
    ),
  ]
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
