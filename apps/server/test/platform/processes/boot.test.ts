import type { WebContext } from '@galley/web/host'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createDb } from '@galley/db/client'
import { createTestDatabase, useTestDatabase } from '@galley/testing/database'
import { freePort } from '@galley/testing/free-port'
import { expect, test } from 'vitest'
import { BootError } from '../../../src/boot-error.ts'
import { findWebBuild } from '../../../src/web-build.ts'
import { runToEnd } from '../../server-process.ts'

const database = useTestDatabase()

/** What a failed start leaves behind: one line, no stack, code 1, within two seconds of work. */
async function expectRefusal(env: Record<string, string>, says: RegExp) {
  const { code, stdout, stderr } = await runToEnd(env)
  expect(code).toBe(1)
  expect(stdout).toBe('')
  expect(stderr).toMatch(/^Galley did not start: [^\n]+\n$/)
  expect(stderr).toMatch(says)
  expect(stderr).not.toMatch(/canary|node:|\.ts/)
}

test('CF1 a wrong environment is one line', async () => {
  await expectRefusal({ PORT: 'x' }, /PORT is not valid: .*DATABASE_URL is missing\./)
  await expectRefusal(
    { NODE_ENV: 'production', DATABASE_URL: 'postgres://u:change-me@db/galley' },
    /PUBLIC_ORIGIN is missing.*DATABASE_URL holds a placeholder/,
  )
})

test.for([
  [
    'postgres://u:canary@127.0.0.1:1/x',
    /DATABASE_URL: the database does not answer \(ECONNREFUSED\)/,
  ],
  [
    'postgres://u:canary@no-such-host.invalid/x',
    /DATABASE_URL: (there is no host|the name of the host)/,
  ],
] as const)('a database that is not there is one line: %s', async ([url, says]) => {
  await expectRefusal({ DATABASE_URL: url }, says)
})

test('a wrong password and a wrong name are one line each', async () => {
  const wrongPassword = new URL(database.url)
  wrongPassword.password = 'canary'
  await expectRefusal(
    { DATABASE_URL: wrongPassword.href },
    /DATABASE_URL: the database refuses this user or password/,
  )
  const wrongName = new URL(database.url)
  wrongName.pathname = '/no-such-name'
  await expectRefusal(
    { DATABASE_URL: wrongName.href },
    /DATABASE_URL: there is no database of this name/,
  )
})

test('a database that is newer than the code is one line', async () => {
  await using newer = await createTestDatabase()
  await using admin = createDb(newer.adminUrl, { max: 1 })
  await admin.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('x', ${Date.now() + 1e9})`
  await expectRefusal({ DATABASE_URL: newer.url }, /newer/)
})

test('a port that is taken is one line', async () => {
  const port = await freePort()
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  await expectRefusal(
    { DATABASE_URL: database.url, API_PORT: String(port) },
    new RegExp(`port ${port} is in use`),
  )
  server.close()
})

test('pages that are not built are one line, built ones are loaded with the first', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-dist-'))
  const dist = pathToFileURL(`${folder}/`)
  expect(() => findWebBuild(dist)).toThrow(
    new BootError('The pages are not built: run pnpm build first.'),
  )
  for (const part of ['client', 'server']) mkdirSync(path.join(folder, part))
  writeFileSync(
    path.join(folder, 'server/server.js'),
    "export default { fetch: async () => new Response('built'), publicAddressOf: (target) => target }",
  )
  const build = findWebBuild(dist)
  expect(build.publicAddressOf('/')).toBeUndefined()
  const site: WebContext['site'] = {
    name: '',
    description: '',
    language: 'en',
    links: [],
    logoUrl: null,
    signUp: 'closed',
  }
  const api = async () => new Response()
  const context = { nonce: undefined, requestId: '', origin: '', site, api }
  const answer = await build.fetch(new Request('https://galley.test/'), { context })
  expect(await answer.text()).toBe('built')
  expect(build.publicAddressOf('/')).toBe('/')
  expect(build.clientDir).toBe(path.join(folder, 'client'))
  rmSync(folder, { recursive: true })
})
