import { Scope } from '@galley/contract/scopes'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { MAX_ENTRIES } from './sync-parsing.ts'
import { listProcedures } from './procedures.ts'
import { appRouter } from './root.ts'

const procedures = listProcedures(appRouter)
const names = procedures.map(({ path }) => path)

test('the router holds the slices, a name is <slice>.<verb>', () => {
  expect(names.length).toBeGreaterThan(70)
  for (const name of names) expect(name).toMatch(/^[a-z][a-zA-Z]+\.[a-zA-Z]+$/)
})

test.each(procedures)('$path declares access, scope and cost (AZ1)', ({ meta }) => {
  expect(['public', 'signed-in', 'editor', 'admin']).toContain(meta.access)
  expect([null, ...Scope.options]).toContain(meta.scope)
  expect(meta.cost).toBeGreaterThan(0)
})

test.each(procedures)('$path takes no input where it needs no field', ({ input }) => {
  expect(input.safeParse(undefined).success).toBe(input.safeParse({}).success)
})

test('names are spelled in British English, as what people read', () => {
  const words = procedures.flatMap(({ path, input, output }) => [
    path,
    ...namesIn(toJson(input)),
    ...namesIn(toJson(output)),
  ])
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
const byAdminsTokens = [
  'articles.rerender',
  'health.get',
  'search.rebuild',
  'settings.get',
  'settings.update',
]

test('TK2 no scope opens what is for people only', () => {
  const open = procedures.filter(({ path, meta }) => {
    const isPersonal = personal.test(path) || meta.access === 'editor' || meta.access === 'admin'
    return isPersonal && meta.scope !== null && !byAdminsTokens.includes(path)
  })
  expect(open).toEqual([])
})

test('a step-up and a suspended caller mean something where somebody is signed in only', () => {
  const odd = procedures.filter(
    ({ meta }) =>
      meta.access === 'public' && (meta.requiresRecentAuth ?? meta.allowSuspended ?? false),
  )
  expect(odd).toEqual([])
})

test('every scope opens something, and one that reads changes nothing', () => {
  const scoped = procedures.flatMap(({ meta, type }) =>
    meta.scope ? [{ scope: meta.scope, type }] : [],
  )
  expect(new Set(scoped.map(({ scope }) => scope))).toEqual(new Set(Scope.options))
  const reading = scoped.filter(({ scope }) => scope.endsWith(':read'))
  expect(reading.filter(({ type }) => type === 'mutation')).toEqual([])
})

test.each(procedures)('$path takes known fields only, each with a bound (IN2)', ({ input }) => {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  expect(unbounded(schema)).toEqual([])
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
