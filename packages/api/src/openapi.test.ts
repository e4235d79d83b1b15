import { expect, test } from 'vitest'
import { z } from 'zod'
import { namesWithText, textOf } from './openapi/operation-texts.ts'
import { programOperations } from './openapi/programs.ts'
import { tags } from './openapi/tags.ts'
import { openApiDocument } from './openapi.ts'
import { listRestOperations } from './rest.ts'
import { appRouter } from './root.ts'
import { publicProcedure, router } from './trpc.ts'

const document = openApiDocument({ origin: 'https://galley.example' })
const operations = [...programOperations, ...listRestOperations(appRouter)]
const described = Object.values(document.paths).flatMap((item) => Object.values(item))
const byName = operations.map((operation) => [operation.name, operation] as const)

test('every operation is described once, under its own name and the tag of its slice', () => {
  const names = operations.map(({ name }) => name).toSorted()
  expect(described.map(({ operationId }) => operationId).toSorted()).toEqual(names)
  expect(namesWithText.toSorted()).toEqual(names)
  for (const { operationId, tags: own } of described) {
    expect(own).toEqual([operationId.split('.', 1)[0]])
    expect(Object.keys(tags)).toContain(own[0])
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

test.each(byName)('%s: its examples are what its schemas take and give', (name, operation) => {
  const { output, status } = operation
  for (const { path, query, headers, body, answer } of textOf(name).examples) {
    const version = headers?.['If-Match']?.replaceAll('"', '')
    const input = Object.assign({}, path, query, body, version && { version: Number(version) })
    expect(operation.input.safeParse(input)).toHaveProperty('success', true)
    expect(answer === undefined).toBe(status === 204)
    const shown = status === 204 ? z.undefined() : strict(output)
    expect(shown.safeParse(answer).error).toBeUndefined()
  }
})

const strict = (schema: z.ZodType) => (schema instanceof z.ZodObject ? schema.strict() : schema)

test('access, scope and refusals follow from what a procedure declares', () => {
  const { paths, components } = document
  const list = paths['/tags']?.get
  const create = paths['/articles']?.post
  expect(list?.security).toEqual([{}, { token: [] }, { jwt: [] }, { session: [] }])
  expect(create?.security).toEqual([{ token: [] }, { jwt: [] }, { session: [] }])
  expect(create?.description).toContain('`articles:write`')
  expect(Object.keys(create?.responses ?? {})).toEqual(
    '201 400 401 403 408 409 413 414 415 422 429 500 503'.split(' '),
  )
  expect(Object.keys(paths['/articles/{id}']?.patch?.responses ?? {})).toContain('412')
  expect(create?.parameters).toContainEqual(expect.objectContaining({ name: 'Idempotency-Key' }))
  expect(paths['/auth/tokens']?.post?.security).toEqual([])
  expect(components.securitySchemes).toHaveProperty('session.name', '__Host-galley-session')
  expect(
    openApiDocument({ origin: 'http://localhost:3000' }).components.securitySchemes,
  ).toHaveProperty('session.name', 'galley-session')
})

test('what is deprecated is marked, and says what to use and when it ends', () => {
  const old = router({
    tags: router({
      list: publicProcedure({
        cost: 1,
        scope: 'tags:read',
        rest: { method: 'GET', path: '/tags' },
        deprecated: { since: '2027-01-31', sunset: '2027-06-30', use: 'GET /topics' },
      })
        .input(z.strictObject({}))
        .output(z.object({}))
        .query(() => ({})),
    }),
  })
  const { paths, components } = openApiDocument({ origin: 'https://galley.example', router: old })
  const list = paths['/tags']?.get
  expect(list).toMatchObject({
    deprecated: true,
    responses: { 200: { headers: { Sunset: {}, Deprecation: {} } } },
  })
  expect(list?.description).toContain('Gone from 2027-06-30 on. Use GET /topics.')
  expect(components.headers).toHaveProperty('Sunset')
  expect(document.components.headers).not.toHaveProperty('Sunset')
})
