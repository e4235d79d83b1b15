import { setTimeout as sleep } from 'node:timers/promises'
import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import type { InjectOptions } from 'fastify'
import { beforeAll, expect } from 'vitest'
import type { TestApp } from '../app.ts'
import { signUp } from '../people.ts'

export const trpcUrl = (path: string, input: unknown) =>
  `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`

type Known = { id: string; slug: string; username: string }

/** What the calls that answer all who are signed out the same are asked for here: without an input and with one. */
const inputsOf = ({ id, slug, username }: Known): Record<string, object[]> => ({
  'articles.list': [{}, { limit: 2 }],
  'articles.bySlug': [{ slug }],
  'articles.around': [{ id }],
  'tags.list': [{}],
  'tags.bySlug': [{ slug: 'kept' }],
  'users.byUsername': [{ username }],
  'search.articles': [{ q: 'text' }],
  'search.suggest': [{ q: 'kep' }],
})

/** Their addresses over tRPC and REST: of every procedure with `publicRead`, so that none is forgotten. */
export function publicAddresses(known: Known): string[] {
  const inputs = inputsOf(known)
  const procedures = listProcedures(appRouter).filter(({ meta }) => meta.publicRead)
  expect(Object.keys(inputs).toSorted()).toEqual(procedures.map(({ path }) => path).toSorted())
  return procedures.flatMap(({ path, meta: { rest } }) =>
    (inputs[path] ?? []).flatMap((input) => [
      Object.keys(input).length === 0 ? `/trpc/${path}` : trpcUrl(path, input),
      ...(rest ? [restUrl(rest.path, rest.names ?? {}, input)] : []),
    ]),
  )
}

function restUrl(path: string, names: Record<string, string>, input: object) {
  const given = new Map(Object.entries(input).map(([name, value]) => [name, String(value)]))
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const [field = name] = Object.entries(names).find(([, as]) => as === name) ?? []
    const value = given.get(field) ?? ''
    given.delete(field)
    return value
  })
  const query = new URLSearchParams([...given]).toString()
  return `/api/v1${filled}${query && `?${query}`}`
}

/** An author who writes, and readers who are signed out. */
export function useReaders(on: TestApp) {
  let asAuthor: Record<string, string> = {}
  let username = ''
  beforeAll(async () => {
    const author = await signUp(on, { role: 'author' })
    asAuthor = author.asBrowser
    username = author.username
    await on.app.ready()
  })

  const get = (url: string, headers: InjectOptions['headers'] = {}, { app }: TestApp = on) =>
    app.inject({ url, headers })

  async function write(path: string, input: object, { post }: TestApp = on) {
    const response = await post(`/trpc/${path}`, input, asAuthor)
    expect(response.statusCode, response.body).toBe(200)
    return response.json().result.data
  }

  async function publish(at: TestApp, title: string) {
    const text = { title, body: 'A text.', tags: ['kept'] }
    const { id, version } = await write('articles.create', text, at)
    return write('articles.publish', { id, version }, at)
  }

  /** Resolves when this server keeps answers: it does so once it hears of changes, also of the one just made. */
  async function keptBy(at: TestApp) {
    await expect
      .poll(
        async () => {
          await get('/api/v1/tags', {}, at)
          await sleep(50)
          return String((await get('/api/v1/tags', {}, at)).headers.age)
        },
        { timeout: 10_000 },
      )
      .toMatch(/^[0-4]$/)
  }

  return {
    get,
    write,
    publish,
    keptBy,
    /** The headers of the author's browser. */
    asAuthor: () => asAuthor,
    /** The author's. */
    username: () => username,
  }
}
