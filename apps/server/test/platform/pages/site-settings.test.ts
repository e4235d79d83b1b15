import type { UpdateSettings } from '@galley/contract/settings'
import { beforeAll, expect, test } from 'vitest'
import { signUp } from '../../people.ts'
import { useApp, type TestApp } from '../../app.ts'
import { useWebApp } from './web-app.ts'

const variables = { PUBLIC_CACHE_MB: '4', SITE_NAME: 'The Environment' }
const { on, web } = useWebApp(variables)
const beside = useApp(variables, {
  beside: on,
  webBuild: {
    clientDir: import.meta.dirname,
    publicAddressOf: (target) => target,
    fetch: async (_request, { context }) => pageOf(context.site.name),
  },
})

const pageOf = (name: string) =>
  new Response(`<h1>${name}</h1>`, { headers: { 'content-type': 'text/html' } })

let admin: Awaited<ReturnType<typeof signUp>>
beforeAll(async () => {
  await Promise.all([on.app.ready(), beside.app.ready()])
  admin = await signUp(on, { role: 'admin' })
})

const read = async ({ app }: TestApp) =>
  (await app.inject({ url: '/', headers: { accept: 'text/html' } })).body

const save = async (change: Omit<UpdateSettings, 'version'>) => {
  const input = { version: 'any', ...change }
  expect((await on.post('/trpc/settings.update', input, admin.asBrowser)).statusCode).toBe(200)
}

test('a change shows in kept pages, at once at this server and within 5 s at the others', async () => {
  web.publicAddressOf = (target) => target
  web.answer = ({ context }) => pageOf(context.site.name)
  // Kept once it hears of changes: then nothing is rendered any more.
  await expect
    .poll(async () => {
      const before = web.seen.length
      await read(on)
      return web.seen.length - before
    })
    .toBe(0)
  expect(await read(on)).toBe('<h1>The Environment</h1>')
  expect(await read(beside)).toBe('<h1>The Environment</h1>')
  await save({ name: 'The Fold' })
  expect(await read(on)).toBe('<h1>The Fold</h1>')
  await expect.poll(() => read(beside), { timeout: 5_000 }).toBe('<h1>The Fold</h1>')
  await save({ name: null })
  expect(await read(on)).toBe('<h1>The Environment</h1>')
})
