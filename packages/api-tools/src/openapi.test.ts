import { readFile } from 'node:fs/promises'
import { describeSlice } from '@galley/api/docs'
import { appRouter } from '@galley/api/root'
import { publicProcedure, router } from '@galley/api/trpc'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { docsOf } from './openapi/about.ts'
import { openApiDocument } from './openapi.ts'
import { listRestOperations, toOperation } from './rest.ts'

const origin = 'https://galley.example'
const document = await openApiDocument({ origin, router: appRouter })
const operations = listRestOperations(appRouter)
const described = Object.values(document.paths).flatMap((item) => Object.values(item))
const byName = operations.map((operation) => [operation.name, operation] as const)

test('every operation is described once, under its own name and the tag of its slice', () => {
  const names = operations.map(({ name }) => name).toSorted()
  expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(names)
  for (const { operationId, tags: own } of described) {
    expect(own).toEqual([operationId.split('.', 1)[0]])
    expect(document.tags.map(({ name }) => name)).toContain(own[0])
  }
})

test('what the contract names is a component once, and nothing lies unused or points nowhere', () => {
  const text = JSON.stringify(document)
  const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  const names = new Set(referred.map(([, name]) => name))
  expect(Object.keys(document.components.schemas).toSorted()).toEqual(
    [...names].map(String).toSorted(),
  )
  expect(document.components.schemas).toHaveProperty('ArticlePage.properties.items')
})

test.each(byName)('%s: its examples are what its schemas take and give', (_, operation) => {
  const { output, status } = operation
  for (const { path, query, headers, body, response } of docsOf(operation).examples) {
    const version = headers?.['If-Match']?.replaceAll('"', '')
    const inPath = operation.fields.flatMap(({ name, as, in: place }) =>
      place === 'path' ? [[name, path?.[as]]] : [],
    )
    const given = [Object.fromEntries(inPath), query, body, version && { version: Number(version) }]
    const input = Object.assign({}, ...given)
    expect(operation.input.safeParse(input)).toHaveProperty('success', true)
    expect(response === undefined).toBe(status === 204)
    const shown = status === 204 ? z.undefined() : strict(output)
    expect(shown.safeParse(response).error).toBeUndefined()
  }
})

const strict = (schema: z.ZodType) => (schema instanceof z.ZodObject ? schema.strict() : schema)

test('docs/rest-api.md has every status', async () => {
  const docs = await readFile(new URL('../../../docs/rest-api.md', import.meta.url), 'utf8')
  const rows = Array.from(docs.matchAll(/^\| (\d{3}(?:, \d{3})*) \|/gm), ([, row = '']) =>
    row.split(', '),
  )
  const statuses = new Set(described.flatMap(({ responses }) => Object.keys(responses)))
  expect([...statuses.difference(new Set(rows.flat()))]).toEqual([])
})

test('access, scope and refusals follow from what a procedure declares', async () => {
  const { paths, components } = document
  const list = paths['/tags']?.get
  const create = paths['/articles']?.post
  expect(list?.security).toEqual([{}, { token: [] }, { jwt: [] }, { session: [] }])
  expect(create?.security).toEqual([{ token: [] }, { jwt: [] }, { session: [] }])
  expect(create?.description).toContain('`articles:write`')
  expect(Object.keys(create?.responses ?? {})).toEqual(
    '201 400 401 403 404 408 409 413 414 415 422 429 500 503'.split(' '),
  )
  expect(Object.keys(paths['/articles/{id}']?.patch?.responses ?? {})).toContain('412')
  expect(create?.parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key' }))
  expect(components.securitySchemes).toHaveProperty('session.name', '__Host-galley-session')
  const plain = await openApiDocument({ origin: 'http://localhost:3000', router: appRouter })
  expect(plain.components.securitySchemes).toHaveProperty('session.name', 'galley-session')
})

const slice = { about: 'What articles are about.', fields: { first: 'The first letter.' } }
const docs = describeSlice(slice, {
  list: { summary: 'List tags', description: 'All.', examples: [{ summary: 'All', response: {} }] },
})
const meta = {
  cost: 1,
  queries: 1,
  scope: 'tags:read',
  rest: { method: 'GET', path: '/tags' },
  docs: docs.list,
} as const
const procedure = (options: Parameters<typeof publicProcedure>[0]) =>
  publicProcedure(options)
    .input(z.strictObject({ first: z.string().optional() }))
    .output(z.object({}))
    .query(() => ({}))

test('what is deprecated is marked, and says what to use and when it ends', async () => {
  const deprecated = { since: '2027-01-31', sunset: '2027-06-30', use: 'GET /topics' }
  const old = router({ tags: router({ list: procedure({ ...meta, deprecated }) }) })
  const { paths, components } = await openApiDocument({ origin, router: old })
  const list = paths['/tags']?.get
  expect(list).toMatchObject({
    deprecated: true,
    responses: { 200: { headers: { Sunset: {}, Deprecation: {} } } },
  })
  expect(list?.description).toContain('Gone from 2027-06-30 on. Use GET /topics.')
  expect(components.headers).toHaveProperty('Sunset')
  expect(document.components.headers).not.toHaveProperty('Sunset')
})

test('a slice describes its tag and its fields beside its procedures', async () => {
  const { tags, paths } = await openApiDocument({
    origin,
    router: router({ tags: router({ list: procedure(meta) }) }),
  })
  expect(tags).toEqual([{ name: 'tags', description: slice.about }])
  const parameter = { name: 'first', in: 'query', description: 'The first letter.' }
  expect(paths['/tags']?.get?.parameters).toContainEqual(expect.objectContaining(parameter))
})

test('an operation without docs is named, and so is one that describes its slice otherwise', async () => {
  const { docs: _, ...silent } = meta
  const silentRouter = router({ tags: router({ list: procedure(silent) }) })
  await expect(openApiDocument({ origin, router: silentRouter })).rejects.toThrow(
    'tags.list has a REST address and no meta.docs',
  )
  const rest = { method: 'GET', path: '/tags/first' } as const
  const other = procedure({ ...meta, rest, docs: { ...docs.list, about: 'Labels.' } })
  const divided = router({ tags: router({ list: procedure(meta), first: other }) })
  await expect(openApiDocument({ origin, router: divided })).rejects.toThrow(
    'tags.first describes its slice in other words than its neighbours',
  )
})

test('an operation beside the procedures is described like one', async () => {
  const rest = { method: 'POST', path: '/things' } as const
  const thing = toOperation({
    name: 'things.create',
    kind: 'mutation',
    rest,
    meta: { access: 'public', scope: null, cost: 1, rest, docs: docs.list },
    input: z.strictObject({ name: z.string().max(10) }),
    output: z.object({}),
  })
  const { paths, components } = await openApiDocument({
    origin,
    router: router({}),
    others: [thing],
  })
  expect(paths['/things']?.post).toMatchObject({ operationId: 'things.create', security: [] })
  expect(components.schemas).toHaveProperty('ThingsCreateInput.properties.name')
})

test('shared components that no operation refers to are left out', async () => {
  const { components } = await openApiDocument({
    origin,
    router: router({ tags: router({ list: procedure(meta) }) }),
  })
  expect(components.parameters).not.toHaveProperty('IfMatch')
  expect(components.responses).not.toHaveProperty('PreconditionFailed')
  expect(components.responses).toHaveProperty('TooManyRequests')
})
