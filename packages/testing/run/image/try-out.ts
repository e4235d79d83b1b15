import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomBytes } from 'node:crypto'
import { startCluster } from '@galley/embedded-postgres'
import { freePort } from '../../src/free-port.ts'
import type { Built } from './build.ts'
import { start } from './root.ts'

type Say = (about: string, what: string, figure: number | string) => void

const SECRETS = '/run/secrets'
const MEDIA = '/var/lib/galley/media'

/** Migrates a database, starts a server and a worker, asks for health and a page, and ends them, all by the image. */
export async function tryOut(image: Built, say: Say): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-image-run-'))
  const cluster = await startCluster({ dataDir: path.join(folder, 'postgres') })
  try {
    const operator = await cluster.ensureDatabase('galley')
    const server = Object.assign(new URL(operator), {
      username: 'galley_app',
      password: hex(),
    }).href
    const secrets = {
      'database-url': server,
      'migration-database-url': operator,
      'encryption-keys': `one:${randomBytes(32).toString('base64')}`,
      'smtp-url': 'smtp://127.0.0.1:1025',
    }
    mkdirSync(path.join(folder, 'secrets'))
    for (const [name, value] of Object.entries(secrets)) {
      writeFileSync(path.join(folder, 'secrets', name), `${value}\n`, { mode: 0o444 })
    }
    const media = path.join(folder, 'media')
    mkdirSync(media)
    execFileSync('chown', [image.user, media])
    const port = String(await freePort())
    const env = {
      DATABASE_URL_FILE: `${SECRETS}/database-url`,
      MIGRATION_DATABASE_URL_FILE: `${SECRETS}/migration-database-url`,
      ENCRYPTION_KEYS_FILE: `${SECRETS}/encryption-keys`,
      SMTP_URL_FILE: `${SECRETS}/smtp-url`,
      PUBLIC_ORIGIN: `http://localhost:${port}`,
      HOST: '127.0.0.1',
      PORT: port,
      WEB_CONCURRENCY: '1',
    }
    const lent = { [SECRETS]: path.join(folder, 'secrets'), [MEDIA]: media }
    const run = (command: string[], more: Record<string, string> = {}) =>
      start(image, command, { user: image.user, env: { ...env, ...more }, lent })

    say(
      'migrate',
      'node apps/server/src/migrate.ts',
      await ended(run(['node', 'apps/server/src/migrate.ts'])),
    )
    const beganAt = performance.now()
    const serving = run(image.command, { WORKER: 'none' })
    const output = collect(serving)
    const ready = await answer(
      `http://127.0.0.1:${port}/health/ready`,
      () => serving.exitCode === null,
    )
    assert.equal(ready.status, 200, output())
    say('server', 'start to /health/ready', (performance.now() - beganAt) / 1000)
    const page = await fetch(`http://127.0.0.1:${port}/`, { headers: { accept: 'text/html' } })
    assert.equal(page.status, 200, output())
    assert.match(await page.text(), /<title>/)
    say('server', 'user, memory after a page', statusOf(serving.pid))
    say('health', 'the HEALTHCHECK', await ended(run(image.healthcheck)))

    const working = run(['node', 'apps/server/src/worker.ts'])
    const worked = collect(working)
    await until(() => worked().includes('worker takes jobs'), worked)
    for (const [name, child] of [
      ['server', serving],
      ['worker', working],
    ] as const) {
      child.kill('SIGTERM')
      const [code] = await once(child, 'exit')
      assert.equal(code, 0, `${name}: ${output()}`)
      say(name, 'SIGTERM', 'exit code 0')
    }
  } finally {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const hex = () => randomBytes(16).toString('hex')

type Child = ReturnType<typeof start>

function collect(child: Child): () => string {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data))
  return () => output
}

/** The seconds that it ran; throws what it said where it failed. */
async function ended(child: Child): Promise<number> {
  const beganAt = performance.now()
  const output = collect(child)
  const [code] = await once(child, 'close')
  assert.equal(code, 0, output())
  return (performance.now() - beganAt) / 1000
}

async function answer(url: string, isRunning: () => boolean): Promise<Response> {
  while (isRunning()) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) return response
    await sleep(50)
  }
  return new Response(null, { status: 503 })
}

async function until(holds: () => boolean, output: () => string): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    assert.ok(tries < 300, output())
    await sleep(100)
  }
}

function statusOf(pid = 0): string {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const [uid, gid, kilobytes] = ['Uid', 'Gid', 'VmRSS'].map(
    (name) => new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1],
  )
  assert.notEqual(uid, '0')
  return `${uid}:${gid}, ${Math.round(Number(kilobytes) / 1024)} MB`
}
