import { Scope } from '@galley/contract/scopes'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { MAX_ENTRIES } from './input-size.ts'
import { appRouter } from './root.ts'
import type { Meta } from './trpc.ts'

const procedures = Object.entries(appRouter._def.procedures)
const names = procedures.map(([name]) => name)

test('the router holds the slices, a name is <slice>.<verb>', () => {
  expect(names.length).toBeGreaterThan(70)
  for (const name of names) expect(name).toMatch(/^[a-z][a-zA-Z]+\.[a-zA-Z]+$/)
})

test.each(procedures)('%s declares input, output, access, scope and cost (AZ1)', (_, procedure) => {
  const { inputs, output, meta } = definitionOf(procedure)
  expect(inputs.length).toBeGreaterThan(0)
  expect(output).toBeInstanceOf(z.ZodType)
  expect(['public', 'signed-in', 'editor', 'admin']).toContain(meta?.access)
  expect([null, ...Scope.options]).toContain(meta?.scope)
  expect(meta?.cost).toBeGreaterThan(0)
})

test.each(procedures)('%s takes no input where it needs no field', (_, procedure) => {
  const [input] = definitionOf(procedure).inputs
  const schema = z.instanceof(z.ZodType).parse(input)
  expect(schema.safeParse(undefined).success).toBe(schema.safeParse({}).success)
})

test('names are spelled in British English, as what people read', () => {
  const words = procedures.flatMap(([name, procedure]) => {
    const { inputs, output } = definitionOf(procedure)
    const schemas = [...inputs, output].filter((schema) => schema instanceof z.ZodType)
    return [name, ...schemas.flatMap((schema) => namesIn(toJson(schema)))]
  })
  expect(words).toContain('favouriteCount')
  expect(
    words.filter((word) => /favor|color|center|behavior|canceled|organiz/i.test(word)),
  ).toEqual([])
})

const toJson = (schema: z.ZodType) => z.toJSONSchema(schema, { unrepresentable: 'any' })

function namesIn(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return []
  const properties = 'properties' in schema ? Object.keys(Object(schema.properties)) : []
  return [...properties, ...Object.values(schema).flatMap(namesIn)]
}

// Accounts, credentials, devices, tokens and the management of people are for people, never for API clients (TK2).
const personal = /^(audit|credentials|identities|passkeys|tokens)[.]|^sessions[.](?!current$)/

/** What admins may have their own API clients do. */
const byAdminsTokens = ['articles.rerender']

test('TK2 no scope opens what is for people only', () => {
  const open = procedures.filter(([name, procedure]) => {
    const { meta } = definitionOf(procedure)
    const isPersonal = personal.test(name) || meta?.access === 'editor' || meta?.access === 'admin'
    return isPersonal && meta?.scope !== null && !byAdminsTokens.includes(name)
  })
  expect(open).toEqual([])
})

test('a step-up and a suspended caller mean something where somebody is signed in only', () => {
  const odd = procedures.filter(([, procedure]) => {
    const { meta } = definitionOf(procedure)
    return meta?.access === 'public' && (meta.fresh ?? meta.suspended ?? false)
  })
  expect(odd).toEqual([])
})

test('every scope opens something, and one that reads changes nothing', () => {
  const scoped = procedures.flatMap(([, procedure]) => {
    const { meta, type } = definitionOf(procedure)
    return meta?.scope ? [{ scope: meta.scope, type }] : []
  })
  expect(new Set(scoped.map(({ scope }) => scope))).toEqual(new Set(Scope.options))
  const reading = scoped.filter(({ scope }) => scope.endsWith(':read'))
  expect(new Set(reading.map(({ type }) => type))).toEqual(new Set(['query']))
})

test.each(procedures)('%s takes known fields only, each with a bound (IN2)', (_, procedure) => {
  for (const input of definitionOf(procedure).inputs) {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
    expect(unbounded(schema)).toEqual([])
  }
})

test('a schema without bounds is found', () => {
  const list = z.array(z.strictObject({}))
  const schema = z.object({ text: z.string(), list: list.max(2), long: list.max(MAX_ENTRIES + 1) })
  expect(unbounded(z.toJSONSchema(schema, { io: 'input' }))).toEqual([
    '$: takes unknown fields',
    '$.text: no maximum length',
    '$.long: more entries than are parsed',
  ])
})

type Definition = { type: string; inputs: z.ZodType[]; output?: unknown; meta?: Meta }

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
  if (Math.max(schema.maxItems ?? 0, Object.keys(schema.properties ?? {}).length) > MAX_ENTRIES)
    own.push(`${path}: more entries than are parsed`)
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
