import { once } from 'node:events'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createDb } from '@galley/db/client'
import { freePort } from '@galley/testing/free-port'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { choosePorts } from '../../../dev/ports.ts'
import { childEnv } from '../../../src/env.ts'
import { startNode } from '../../program.ts'

const PATIENCE_MS = 120_000
const main = fileURLToPath(new URL('../../../dev/main.ts', import.meta.url))
const root = fileURLToPath(new URL('../../../../..', import.meta.url))
const turbo = createRequire(`${root}/package.json`).resolve('turbo/bin/turbo')

/** What runs for `pnpm dev`, and Turborepo, which looks for pnpm on the PATH. */
const commands = { 'pnpm dev': [main], 'turbo dev': [turbo, 'dev'] }

/** In a process group of its own, as a shell starts it. Given a database, it never looks into `.galley/`. */
function startDev(variables: Record<string, string>, command = commands['pnpm dev']) {
  const { VITEST: _, ...env } = childEnv(variables)
  const dev = startNode(command, env, { cwd: root, detached: true })
  dev.child.stdin.end()
  if (!dev.child.pid) throw new Error('It was not started')
  return { ...dev, group: -dev.child.pid }
}

describe.each(['pnpm dev', 'turbo dev'] as const)('%s', (name) => {
  let PORT = 0
  const database = `${inject('postgres').prefix}${name.replace(' ', '_')}`
  const url = Object.assign(new URL(inject('postgres').adminUrl), { pathname: database }).href
  let dev: ReturnType<typeof startDev>
  // Another checkout has the port that the API has by default.
  const neighbour = createServer().on('error', () => {})

  beforeAll(async () => {
    neighbour.listen(3001, '127.0.0.1')
    await using admin = createDb(inject('postgres').adminUrl, { max: 1 })
    await admin.sql`create database ${admin.sql(database)}`
    PORT = await freePort()
    dev = startDev({ DATABASE_URL: url, PORT: String(PORT) }, commands[name])
    const banner = new Promise<void>((resolve) => {
      dev.child.stdout.on('data', () => {
        if (dev.output().includes('Ctrl-C')) resolve()
      })
    })
    const ended = dev.end().then(({ code, stdout, stderr }) => {
      throw new Error(`${name} ended with ${String(code)}:\n${stdout}${stderr}`)
    })
    await Promise.race([banner, ended])
  }, PATIENCE_MS)

  afterAll(() => {
    neighbour.close()
    for (const pid of processesOf(database)) killIfAlive(pid)
  })

  test('says where everything is, and keeps its data in the database that it was given', () => {
    const output = dev.output()
    expect(output).toContain(`http://localhost:${PORT}`)
    expect(output).toContain('the database in DATABASE_URL')
    expect(output).not.toContain('.galley')
  })

  test('serves pages, the API, its reference and its health on one port', async () => {
    const get = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
        headers: { accept: 'text/html, application/json' },
      })
      expect(response.status, path).toBe(200)
      return response.text()
    }
    const list = JSON.parse(await get('/trpc/articles.list?input={"limit":1}'))
    const [{ title }] = list.result.data.items
    expect(await get('/')).toContain(title)
    expect(await get('/api/reference')).toContain('Scalar.createApiReference')
    expect(await get('/api/v1/openapi.json')).toContain('articles.publish')
    expect(JSON.parse(await get('/health/ready')).status).toBe('ok')
    expect(await get('/dev/mail')).toContain('No mail yet.')
  })

  test('leaves pages to the pages whose address begins like one of the API', async () => {
    await using opened = createDb(url, { max: 1 })
    const [author] = await opened.sql`select username from users limit 1`
    for (const [path, status] of [
      [`/authors/${author?.username}`, 200],
      ['/authors/nobody-at-all', 404],
      ['/healthy', 404],
      ['/apiary', 404],
      ['/trpc-notes', 404],
    ] as const) {
      const response = await fetch(`http://127.0.0.1:${PORT}${path}`, {
        headers: { accept: 'text/html' },
      })
      expect([path, response.status, await response.text()]).toEqual([
        path,
        status,
        expect.stringContaining('<header'),
      ])
    }
  })

  test('has migrated and filled the empty database', async () => {
    await using opened = createDb(url, { max: 1 })
    const [counts] =
      await opened.sql`select count(*)::int as articles, count(distinct author_id)::int as people from articles`
    expect(counts).toEqual({ articles: 69, people: 10 })
  })

  test('ends with Ctrl-C, and everything that it has started with it', async () => {
    // The servers are in other groups than the command: only /proc, where there is one, knows all of them.
    expect(processesOf(database).length >= 4).toBe(existsSync('/proc/self/environ'))
    process.kill(dev.group, 'SIGINT')
    expect(await dev.exit).toBe(0)
    await expect.poll(() => processesOf(database)).toEqual([])
    expect(() => process.kill(dev.group, 0)).toThrow('ESRCH')
    await choosePorts({ PORT })
  }, 30_000)
})

test('the API listens on API_PORT, or on a free port where that is not set', async () => {
  const port = await freePort()
  const other = await freePort()
  expect(await choosePorts({ PORT: port, API_PORT: other })).toEqual({
    PORT: port,
    API_PORT: other,
  })
  const chosen = await choosePorts({ PORT: port })
  expect(chosen.API_PORT).toBeGreaterThan(1023)
  const taken = createServer().listen(other, '127.0.0.1')
  await once(taken, 'listening')
  await expect(choosePorts({ PORT: port, API_PORT: other })).rejects.toThrow('set API_PORT')
  await expect(choosePorts({ PORT: port, API_PORT: port })).rejects.toThrow('must differ')
  taken.close()
})

test('pnpm dev on a port that is taken is one line', async () => {
  const port = await freePort()
  const server = createServer().listen(port, '127.0.0.1')
  await once(server, 'listening')
  const dev = startDev({ PORT: String(port), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' })
  expect(await dev.end()).toEqual({
    code: 1,
    stdout: '',
    stderr: `Galley did not start: port ${port} is in use. Stop what runs there, or set PORT.\n`,
  })
  server.close()
})

/** Every process that was started with the name of this database in its environment. */
function processesOf(database: string) {
  return globSync('/proc/[0-9]*/environ')
    .filter((file) => contentOf(file).includes(database))
    .map((file) => Number(file.split('/')[2]))
}

function killIfAlive(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // ended with its parent
  }
}

function contentOf(file: string) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // ended meanwhile, or somebody else's
  }
}
