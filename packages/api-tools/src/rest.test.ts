import { expect, test } from 'vitest'
import { z } from 'zod'
import { listProcedures } from '@galley/api/procedures'
import { pathParameters, listRestOperations } from './rest.ts'
import { appRouter } from '@galley/api/root'
import { publicProcedure, router } from '@galley/api/trpc'

const operations = listRestOperations(appRouter)
const byName = operations.map((operation) => [operation.name, operation] as const)

test('what a token may call has a REST address, and nothing else; what is watched has none', () => {
  const scoped = listProcedures(appRouter).flatMap(({ path, meta, type }) =>
    meta.scope && type !== 'subscription' ? [path] : [],
  )
  expect(operations.map(({ name }) => name)).toEqual(scoped)
  expect(operations.length).toBeGreaterThan(20) // publishing
  expect(operations.length).toBeGreaterThan(4)
})

test('no two operations collide, whatever their parameters are called', () => {
  const addresses = operations.map(
    ({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`,
  )
  expect(new Set(addresses).size).toBe(addresses.length)
})

test('no two templates match the same addresses', () => {
  const shapes = new Map<string, string>()
  for (const { path } of operations) {
    const shape = path.replaceAll(/\{\w+\}/g, '{}')
    expect(shapes.get(shape) ?? path).toBe(path)
    shapes.set(shape, path)
  }
})

const others = new Set([
  'around', // publishing
  'feed',
  'health',
  'me',
  'media',
  'media-quota',
  'search',
  'site',
  'source',
  'trash', // publishing
  'unread',
])
const acts = new Set([
  'accept', // publishing
  'approve', // publishing
  'archive', // publishing
  'complete',
  'publish',
  'read',
  'rebuild',
  'request-review', // publishing
  'rerender',
  'restore', // publishing
  'schedule', // publishing
  'send-back', // publishing
  'unarchive', // publishing
  'unpublish',
  'unschedule', // publishing
  'withdraw', // publishing
])

test.each(byName)('%s: a path of plural nouns; a verb only after a POST', (_, operation) => {
  const { path, method } = operation
  for (const segment of path.slice(1).split('/')) {
    if (/^\{\w+\}$/.test(segment) || others.has(segment)) continue
    if (method === 'POST' && acts.has(segment)) continue
    expect(segment).toMatch(/^[a-z]+(-[a-z]+)*s$/)
  }
})

test.each(byName)('%s: the method says what it does', (_, { kind, method, status, rest }) => {
  expect(kind === 'query').toBe(method === 'GET')
  expect(status === 204).toBe(method === 'DELETE')
  expect(status === 201 || status === 202).toBe(rest.location !== undefined)
})

test.each(byName)('%s: path parameters are required fields of the input', (_, operation) => {
  const inPath = operation.fields.filter((field) => field.in === 'path')
  expect(inPath.map(({ as }) => as).toSorted()).toEqual(pathParameters(operation.path).toSorted())
  for (const { required } of inPath) expect(required).toBe(true)
})

test.each(byName)('%s: an address of its own thing is made of the output', (_, operation) => {
  const { location, versioned } = operation.rest
  const shape = z.toJSONSchema(operation.output, { io: 'output', unrepresentable: 'any' })
  for (const name of pathParameters(location ?? '')) expect(shape.properties).toHaveProperty(name)
  const version = operation.fields.find(({ name }) => name === 'version')
  expect(version !== undefined).toBe(versioned ?? false)
})

test('a path parameter that the input lacks is a mistake that stops the start', () => {
  const wrong = router({
    ideas: router({
      get: publicProcedure({ cost: 1, queries: 1, rest: { method: 'GET', path: '/ideas/{key}' } })
        .input(z.strictObject({ id: z.string() }))
        .output(z.object({}))
        .query(() => ({})),
    }),
  })
  expect(() => listRestOperations(wrong)).toThrow('ideas.get takes no key: /ideas/{key}')
})
