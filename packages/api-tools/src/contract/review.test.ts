import { readFile } from 'node:fs/promises'
import { errorReasons } from '@galley/contract/errors'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { appRouter } from '@galley/api/root'
import { publicProcedure, router } from '@galley/api/trpc'
import {
  readEntries,
  firstContract,
  nextContract,
  reviewContract,
  reviewSince,
  toFiles,
} from './review.ts'
import { Contract, type Surface } from './contract.ts'
import { readNamedSchemas } from '../named-schemas.ts'
import { hashOf, surfaceOf } from './surface.ts'

const Thing = z.object({ id: z.uuid(), name: z.string().max(40), owner: z.string().max(40) })
const ThingById = z.strictObject({ id: z.uuid() })
const named = [
  { name: 'Thing', schema: Thing },
  { name: 'ThingById', schema: ThingById },
]

function surface(output: z.ZodType = Thing, errors = { 'thing/not-found': { code: 'NOT_FOUND' } }) {
  const get = publicProcedure({ cost: 1, queries: 1 }).input(ThingById).output(output).query(never)
  return surfaceOf(router({ things: router({ get }) }), errors, named)
}

/** Nothing is called here. */
function never(): never {
  throw new Error('It was called.')
}

const first = firstContract(surface())
const lesser = surface(Thing.omit({ owner: true }))
const greater = surface(Thing.extend({ age: z.int() }))
const entry = (major: number, text: string) =>
  `# Breaking changes\n\n## ${major} · 2027-01-31 · Things lose something\n\n${text}\n`

const review = (code: Surface, committed: Contract, document = '') =>
  reviewContract(code, committed, toFiles(committed), document)

test('what the code is, is written with names, and read again as it was', () => {
  expect(first.procedures['things.get']).toMatchObject({
    type: 'query',
    access: 'public',
    scope: null,
    cost: 1,
    input: { $ref: '#/inputs/ThingById' },
    output: { $ref: '#/outputs/Thing' },
  })
  const { contract } = toFiles(first)
  expect(Contract.parse(JSON.parse(contract))).toEqual(first)
  expect(toFiles(Contract.parse(JSON.parse(contract))).contract).toBe(contract)
})

test('it is the same whatever the order in which the code is written', () => {
  const get = publicProcedure({ cost: 1, queries: 1 }).input(ThingById).output(Thing)
  const a = get.query(never)
  const errors = { 'a/b': { code: 'CONFLICT' }, 'b/c': { code: 'NOT_FOUND' } }
  const reversed = Object.fromEntries(Object.entries(errors).toReversed())
  const one = surfaceOf(router({ a: router({ a }), b: router({ a }) }), errors, named)
  const other = surfaceOf(router({ b: router({ a }), a: router({ a }) }), reversed, named)
  expect(hashOf(other)).toBe(hashOf(one))
  expect(toFiles(firstContract(other))).toEqual(toFiles(firstContract(one)))
  expect(hashOf(greater)).not.toBe(hashOf(surface()))
})

test('the order in which a procedure declares something says nothing', () => {
  const declared = (meta: { cost: number; requiresRecentAuth: boolean; queries: number }) => {
    const get = publicProcedure(meta).input(ThingById).output(Thing).query(never)
    return hashOf(surfaceOf(router({ things: router({ get }) }), {}, named))
  }
  expect(declared({ requiresRecentAuth: true, cost: 1, queries: 1 })).toBe(
    declared({ cost: 1, queries: 1, requiresRecentAuth: true }),
  )
})

test('a contract that is as the code passes', () => {
  expect(review(surface(), first)).toEqual({ lines: [], problems: [] })
})

test('one that is older fails, and so does one that was edited by hand', () => {
  const stale = ['contract.json is older than the code: run pnpm contract --write']
  expect(review(greater, first)).toEqual({
    lines: ['compatible  output of things.get: age: new, required'],
    problems: stale,
  })
  const files = toFiles(first)
  const edited = { ...files, contract: files.contract.replace('"cost": 1', '"cost":  1') }
  expect(reviewContract(surface(), first, edited, '').problems).toEqual(stale)
  expect(reviewContract(surface(), first, { ...files, version: '' }, '').problems).toEqual(stale)
})

test('a compatible change keeps the major version', () => {
  const next = nextContract(greater, first, '')
  expect(next.version).toEqual({ major: 1, hash: hashOf(greater) })
  expect(review(greater, next)).toEqual({ lines: [], problems: [] })
})

test('a breaking change raises it, and needs an entry that names the procedure', () => {
  const next = nextContract(lesser, first, '')
  expect(next.version.major).toBe(2)
  expect(next.breaking).toEqual({ 2: ['things.get'] })
  const missing = ['docs/api-changes.md has no entry of version 2 that names `things.get`']
  expect(review(lesser, next).problems).toEqual(missing)
  expect(review(lesser, next, entry(3, '`things.get`')).problems).toEqual(missing)
  expect(review(lesser, next, entry(2, '`things.list`')).problems).toEqual(missing)
  expect(review(lesser, next, entry(2, 'things.get')).problems).toEqual(missing)
  expect(review(lesser, next, entry(2, '`things.get`: no owner')).problems).toEqual([])
  expect(review(lesser, next, entry(2, '`things.*`')).problems).toEqual([])
})

test('the reason of an error is named likewise', () => {
  const next = nextContract(surface(Thing, { 'thing/not-found': { code: 'GONE' } }), first, '')
  expect(next.breaking).toEqual({ 2: ['thing/not-found'] })
})

test('a version without an entry is still being made, one with an entry is closed', () => {
  const second = nextContract(lesser, first, '')
  const least = surface(Thing.pick({ id: true }))
  expect(nextContract(least, second, '').version.major).toBe(2)
  const third = nextContract(least, second, entry(2, '`things.get`'))
  expect(third.version.major).toBe(3)
  expect(third.breaking).toEqual({ 2: ['things.get'], 3: ['things.get'] })
})

test('against an earlier commit: what broke since has its number and its entries', () => {
  const second = nextContract(lesser, first, '')
  expect(reviewSince(first, second, '').problems).toHaveLength(1)
  expect(reviewSince(first, second, entry(2, '`things.get`'))).toEqual({
    lines: ['breaking    output of things.get: owner: gone'],
    problems: [],
  })
  expect(reviewSince(second, second, '')).toEqual({ lines: [], problems: [] })
  const hidden = firstContract(lesser)
  expect(reviewSince(first, hidden, entry(1, '`things.get`')).problems).toEqual([
    'contract.json breaks version 1 and is not a later one: things.get',
  ])
})

test('headings without a version and a day are no entries', () => {
  expect(readEntries('# A\n\n## How\n\n`a.b`\n\n## 2 · soon · B\n\n`a.b`\n')).toEqual([])
})

const read = (path: string) => readFile(new URL(`../../../../${path}`, import.meta.url), 'utf8')

test('the committed contract is read, and its names are found', async () => {
  const committed = Contract.parse(JSON.parse(await read('packages/api/contract.json')))
  expect(committed.version.hash).toBe(hashOf(committed))
  const code = surfaceOf(appRouter, errorReasons, await readNamedSchemas())
  expect(Object.keys(code.outputs)).toContain('ArticleView')
  expect(code.procedures['articles.list']?.output).toEqual({ $ref: '#/outputs/ArticlePage' })
  expect(Object.keys(code.procedures).length).toBeGreaterThan(70)
})

test('the example in the document of changes is no entry of it', async () => {
  const document = await read('docs/api-changes.md')
  const committed = Contract.parse(JSON.parse(await read('packages/api/contract.json')))
  const majors = readEntries(document).map(({ major }) => major)
  expect(majors.filter((major) => major > committed.version.major)).toEqual([])
})

test('a list that grows is also one that was too short to have a name', () => {
  const showing = (values: string[]) => {
    const schema = z.enum(values)
    const get = publicProcedure({ cost: 1, queries: 1 })
      .input(ThingById)
      .output(z.object({ state: schema }))
      .query(never)
    return surfaceOf(router({ things: router({ get }) }), {}, [{ name: 'Scope', schema }])
  }
  const more = ['a', 'b', 'a third one of such a length', 'and a fourth one of the same']
  const { lines } = review(showing(more), firstContract(showing(['a', 'b'])))
  expect(lines).toEqual([
    `${'compatible'.padEnd(12)}output Scope: "a third one of such a length", "and a fourth one of the same" new (things.get)`,
  ])
})

test('a new scope is compatible also where scopes are shown, another new value is not', () => {
  const showing = (name: string, values: string[]) => {
    const schema = z.enum(values)
    const list = publicProcedure({ cost: 1, queries: 1 })
      .input(ThingById)
      .output(z.object({ values: z.array(schema) }))
      .query(never)
    return surfaceOf(router({ things: router({ list }) }), {}, [{ name, schema }])
  }
  const before = ['things:read', 'things:write', 'others:read', 'others:write', 'all:read']
  for (const [name, verdict] of [
    ['Scope', 'compatible'],
    ['Kind', 'breaking'],
  ] as const) {
    const { lines } = review(
      showing(name, [...before, 'all:write']),
      firstContract(showing(name, before)),
    )
    expect(lines).toEqual([`${verdict.padEnd(12)}output ${name}: "all:write" new (things.list)`])
  }
})
