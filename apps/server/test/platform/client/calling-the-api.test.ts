import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { blockOf, marks } from './calling-the-api/document.ts'
import { createProject, run } from './calling-the-api/project.ts'
import { typesOf } from '../openapi/types-of.ts'
import { signUp } from '../../people.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useApp()
let person: Awaited<ReturnType<typeof signUp>>
let env: { GALLEY_URL: string; GALLEY_TOKEN: string }

beforeAll(async () => {
  person = await signUp(on)
  const { token } = await createApiToken(on, person, ['articles:read', 'articles:write'])
  env = {
    GALLEY_URL: await on.app.listen({ host: '127.0.0.1', port: 0 }),
    GALLEY_TOKEN: token,
  }
  for (const title of ['Small caps', 'Hyphens']) {
    const article = { title, body: 'A text.', tags: ['typography'] }
    const made = await on.post('/api/v1/articles', article, bearer(token))
    const { id, version } = made.json()
    await on.post(`/api/v1/articles/${id}/publish`, { version }, bearer(token))
  }
  await on.post('/api/v1/articles', { title: 'Rain', tags: ['weather'] }, bearer(token))
})

const printed = "[ 'Hyphens', 'Small caps' ]\ndraft On kerning\n"

/** How many drafts there are now; every transport makes one. */
async function countDrafts() {
  const [{ count } = { count: 0 }] = await on.database.sql<{ count: number }[]>`
    select count(*)::int as count from articles join article_tags on article_id = articles.id
    where title = 'On kerning' and status = 'draft' and author_id = ${person.id}`
  return count
}

test('every marked block is one that is run here', () => {
  expect(marks).toEqual(['web', 'client', 'curl', 'openapi'])
})

test('the calls of the web app', async () => {
  const before = await countDrafts()
  const calls = 'features/drafts/calls.ts'
  const files = { [calls]: blockOf('web'), 'page.ts': page }
  await using project = await createProject({ like: 'apps/web', files })
  expect(await project.check()).toBe('')
  const headers = JSON.stringify(person.asBrowser)
  expect(await project.start('page.ts', { ...env, HEADERS: headers })).toBe(printed)
  expect(await countDrafts()).toBe(before + 1)
}, 120_000)

// What a page has around the calls: the client of a signed-in browser, and a cache.
const page = `
import type { AppRouter } from '@galley/api/root'
import { callLinks } from '@galley/client/links'
import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { createTRPCClient } from '@trpc/client'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { articlesAbout, draftCreation } from './features/drafts/calls.ts'

const client = createTRPCClient<AppRouter>({
  links: callLinks<AppRouter>({
    url: process.env.GALLEY_URL + '/trpc',
    retries: false,
    timeoutMs: 10_000,
    headers: JSON.parse(process.env.HEADERS ?? ''),
  }),
})
const queryClient = new QueryClient()
const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient })

const { items } = await queryClient.fetchQuery(articlesAbout(trpc, 'typography'))
console.log(items.map(({ title }) => title))

const creation = new MutationObserver(queryClient, draftCreation(trpc))
const draft = await creation.mutate({ title: 'On kerning', tags: ['typography'] })
console.log(draft.status, draft.title)
process.exit()
`

test('a program with @galley/client', async () => {
  const before = await countDrafts()
  const files = { 'client.ts': blockOf('client') }
  await using project = await createProject({ like: 'apps/web', files })
  expect(await project.check()).toBe('')
  expect(await project.start('client.ts', env)).toBe(`${printed}article/incomplete\n`)
  expect(await countDrafts()).toBe(before + 1)
})

test('curl, and once more with the same Idempotency-Key', async () => {
  const before = await countDrafts()
  const [list = '', draft = ''] = (await run('sh', ['-c', blockOf('curl')], env)).split('\n')
  expect(JSON.parse(list).items).toMatchObject([{ title: 'Hyphens' }, { title: 'Small caps' }])
  expect(JSON.parse(draft)).toMatchObject({ status: 'draft', title: 'On kerning' })
  const [, again] = (await run('sh', ['-c', blockOf('curl')], env)).split('\n')
  expect(again).toBe(draft)
  expect(await countDrafts()).toBe(before + 1)
})

test('a client made of the OpenAPI document that the server gives', async () => {
  const before = await countDrafts()
  const document = await fetch(`${env.GALLEY_URL}/api/v1/openapi.json`)
  const files = {
    'galley.d.ts': await typesOf(await document.json()),
    'openapi.ts': blockOf('openapi'),
  }
  await using project = await createProject({ like: 'apps/server', files })
  expect(await project.check()).toBe('')
  expect(await project.start('openapi.ts', env)).toBe(printed)
  expect(await countDrafts()).toBe(before + 1)
})

test('a wrong field in a block would not compile', async () => {
  const wrong = blockOf('client').replace("title: 'On kerning'", "headline: 'On kerning'")
  await using project = await createProject({ like: 'apps/web', files: { 'client.ts': wrong } })
  expect(await project.check()).toContain("'headline' does not exist")
})
