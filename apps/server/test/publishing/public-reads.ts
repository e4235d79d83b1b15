import { setTimeout as sleep } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import { beforeAll, expect } from 'vitest'
import type { TestApp } from '../app.ts'
import { signUp } from '../people.ts'

export const trpcUrl = (path: string, input: unknown) =>
  `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`

/** An author who writes, and readers who are signed out. */
export function useReaders(on: TestApp) {
  let asAuthor: Record<string, string> = {}
  beforeAll(async () => {
    const author = await signUp(on, { role: 'author' })
    asAuthor = author.asBrowser
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
    const { id, version } = await write('articles.create', { title, body: 'A text.' }, at)
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
  }
}
