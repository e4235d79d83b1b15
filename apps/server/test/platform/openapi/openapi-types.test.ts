import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentOf } from '../../../src/routes/documents.ts'
import { typesOf } from './types-of.ts'

const compiler = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'galley-openapi-'))
  const document = await documentOf('https://galley.test')
  await writeFile(join(folder, 'galley.d.ts'), await typesOf(document))
  await writeFile(join(folder, 'client.ts'), client)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const tsconfig = {
  compilerOptions: {
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    noEmit: true,
    target: 'es2024',
    lib: ['es2024', 'dom'],
    module: 'preserve',
    types: [],
  },
  files: ['galley.d.ts', 'client.ts'],
}

/** What a program does with the types: a call by path, with what it takes and what it answers. */
const client = `
import type { components, operations, paths } from './galley.js'

type Json<T> = T extends { content: { 'application/json': infer Body } } ? Body : never
type Answer<Operation> = Operation extends { responses: infer All }
  ? Json<All extends { 200: infer Ok } ? Ok : All extends { 201: infer Made } ? Made : never>
  : never
type Taken<Operation> = Operation extends { parameters: infer Parameters }
  ? Pick<Parameters & { path?: unknown; query?: unknown }, 'path' | 'query'>
  : never

declare function get<Path extends keyof paths>(
  path: Path,
  taken: Taken<paths[Path]['get']>,
): Promise<Answer<paths[Path]['get']>>

export async function check() {
  const list = await get('/articles', { query: { tag: 'gardens', limit: 2, sort: 'oldest' } })
  const titles: string[] = list.items.map(({ title }) => title)
  const next: string | null = list.page.nextCursor
  const one = await get('/articles/{id}', { path: { id: 'a-year-of-rain' } })
  const can: boolean = one.can.comment
  // @ts-expect-error no such path
  await get('/nothing', {})
  // @ts-expect-error no such order
  await get('/articles', { query: { sort: 'best' } })
  // @ts-expect-error the path needs its parameter
  await get('/articles/{id}', {})
  // @ts-expect-error no such field
  one.nothing
  return { titles, next, can }
}

type Draft = components['schemas']['CreateArticle']
export const draft: Draft = { title: 'On pruning', coverUrl: null, tags: ['gardens'] }
// @ts-expect-error tags are a list
export const wrong: Draft = { tags: 'gardens' }

type Made = Answer<operations['articles.create']>
export const version = (made: Made): number => made.version

type Stale = operations['articles.update']['responses'][412]['content']['application/problem+json']
export const reason = (problem: Stale): 'article/stale-version' => problem.reason
`

function compile(): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join(compiler, 'bin', 'tsc'), '-p', folder], (_error, stdout) =>
      resolve(stdout),
    )
  })
}

test('types made by openapi-typescript compile strictly, and a typed call knows what it takes and gives', async () => {
  expect(await compile()).toBe('')
}, 60_000)

test('a wrong use does not compile', async () => {
  await writeFile(join(folder, 'client.ts'), client.replace('list.page.nextCursor', 'list.next'))
  expect(await compile()).toContain("Property 'next' does not exist")
}, 60_000)
