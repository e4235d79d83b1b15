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

// What a list is of, where it must be said.
const lists: Record<string, string> = {
  articleId: '01900000-0000-7000-8000-000000000001',
  id: '01900000-0000-7000-8000-000000000001',
  username: 'someone',
  q: 'tree',
}

const pages = procedures.filter(({ output }) => isPage(output))

test.each(pages)(
  '$path, which returns a page, takes a place to start from and counts all on request',
  ({ input }) => {
    expect(Object.keys(propertiesOf(input))).toEqual(
      expect.arrayContaining(['limit', 'cursor', 'offset', 'total']),
    )
    const required = (z.toJSONSchema(input, { io: 'input' }).required ?? []).map((name) => [
      name,
      lists[name],
    ])
    const both = input.safeParse({ cursor: 'a', offset: 1, ...Object.fromEntries(required) })
    const messages = both.error?.issues.map(({ message }) => message)
    expect(messages).toContain('Give either offset or cursor.')
  },
)

// Work that waits is looked at in one order only.
const inOneOrder = ['media.listHeld']

test.each(pages.filter(({ path }) => !inOneOrder.includes(path)))(
  '$path takes its order by name, and refuses another with the names that there are',
  ({ input }) => {
    const { sort } = propertiesOf(input)
    const names = z.object({ enum: z.array(z.string()).min(2) }).parse(sort).enum
    const wrong = input
      .safeParse({ sort: 'colour' })
      .error?.issues.find(({ path }) => path.includes('sort'))
    expect(wrong?.message).toContain(names.map((name) => `"${name}"`).join('|'))
    for (const name of names) expect(name).toMatch(/^-?[a-z]+$/)
  },
)

test('several procedures return a page', () => {
  expect(pages.length).toBeGreaterThan(12)
})

const propertiesOf = (input: z.ZodType): Record<string, unknown> =>
  z.toJSONSchema(input, { io: 'input' }).properties ?? {}

function isPage(output: z.ZodType) {
  return output instanceof z.ZodObject && 'items' in output.shape && 'page' in output.shape
}

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
