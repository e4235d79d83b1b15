import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DCLinter } from 'dclint'
import { expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'

const deploy = path.join(import.meta.dirname, '../../../../deploy')
const text = readFileSync(path.join(deploy, 'compose.yaml'), 'utf8')

type Service = {
  command?: string[]
  environment?: Record<string, string>
  secrets?: string[]
  depends_on?: Record<string, { condition: string }>
  read_only?: boolean
  healthcheck?: object
  ports?: string[]
  volumes?: string[]
}
type Compose = {
  services: Record<string, Service>
  volumes: Record<string, null>
  secrets: Record<string, { file: string }>
}

const compose: Compose = parse(text, { merge: true })
const galley = ['migrate', 'server', 'worker'].map((name) => compose.services[name])

const config: ConstructorParameters<typeof DCLinter>[0] = {
  rules: {
    // They stand in the order in which they start; an image that is built may be pulled as well.
    'services-alphabetical-order': 0,
    'service-keys-order': 0,
    'top-level-properties-order': 0,
    'no-build-and-image': 0,
    'service-image-require-explicit-tag': 0,
    // Below: all but the proxy's are of this machine alone.
    'no-unbound-port-interfaces': 0,
  },
  quiet: false,
  debug: false,
  exclude: [],
}

test('compose.yaml follows the schema of Compose and has none of the usual faults', () => {
  const faultsOf = (text: string) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'galley-compose-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const copy = path.join(folder, 'compose.yaml')
    writeFileSync(copy, text)
    const found = new DCLinter(config).lintFiles([copy], false)
    return found.flatMap(({ messages }) => messages.map(({ message }) => message))
  }
  expect(faultsOf(text)).toEqual([])
  expect(faultsOf(text.replace('read_only:', 'readonly:'))).toHaveLength(1)
})

test('Galley runs by itself as server, worker and migration, before which the others wait', () => {
  expect(galley.map((service) => service?.command?.at(-1))).toEqual([
    'apps/server/src/migrate.ts',
    undefined,
    'apps/server/src/worker.ts',
  ])
  for (const service of galley) expect(service?.read_only).toBe(true)
  // Looked at by the image's own check, which asks PORT.
  const { PORT, WORKER_PORT } = compose.services['worker']?.environment ?? {}
  expect(WORKER_PORT).toBe(PORT)
  expect(compose.services['worker']?.healthcheck).toBeUndefined()
  for (const name of ['server', 'worker']) {
    expect(compose.services[name]?.depends_on).toMatchObject({
      migrate: { condition: 'service_completed_successfully' },
      postgres: { condition: 'service_healthy' },
    })
  }
  const ports = Object.entries(compose.services).filter(([name]) => name !== 'caddy')
  const open = ports.flatMap(([, service]) => service.ports ?? [])
  expect(open.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([])
})

test('the worker takes backups, to a volume that the image lets its user write to', () => {
  const { environment, volumes } = compose.services['worker'] ?? {}
  const { BACKUP_DIR, BACKUP_SCHEDULE } = environment ?? {}
  expect(BACKUP_SCHEDULE).toBe('${BACKUP_SCHEDULE-30 2 * * *}')
  expect(volumes).toContain(`backups:${BACKUP_DIR}`)
  expect(Object.keys(compose.volumes)).toContain('backups')
  const dockerfile = readFileSync(path.join(deploy, 'Dockerfile'), 'utf8')
  expect(dockerfile).toMatch(new RegExp(`--owner=1000 .* ${BACKUP_DIR}(?: |$)`, 'm'))
})

test('server and worker serve what they measure, to this machine alone', () => {
  const ports = ['server', 'worker'].map((name) => compose.services[name]?.ports?.at(-1))
  expect(ports).toEqual(['127.0.0.1:9464:9464', '127.0.0.1:9465:9464'])
  for (const service of galley) {
    expect(service?.environment).toMatchObject({ METRICS_PORT: '9464', METRICS_HOST: '0.0.0.0' })
  }
})

// By any `allkeys` policy, answers that strangers ask for would push out counts of attempts, and limits begin from zero.
test('a Redis that is full drops what ends soonest: answers before counts of attempts', () => {
  expect(compose.services['redis']?.command?.slice(-2)).toEqual([
    '--maxmemory-policy',
    'volatile-ttl',
  ])
})

test('secrets come in files, which make-secrets makes and leaves as they are', () => {
  for (const service of galley) {
    for (const [name, value] of Object.entries(service?.environment ?? {})) {
      if (!name.endsWith('_FILE')) continue
      expect(service?.secrets).toContain(value.replace('/run/secrets/', ''))
    }
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'galley-secrets-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const make = () => {
    const made = spawnSync('/bin/sh', [path.join(deploy, 'make-secrets'), folder])
    expect(made.status, made.stderr.toString()).toBe(0)
    const names = readdirSync(folder).toSorted()
    return Object.fromEntries(
      names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]),
    )
  }
  const secrets = make()
  expect(make()).toEqual(secrets)
  expect(Object.keys(secrets)).toEqual(Object.keys(compose.secrets).toSorted())
  expect(Object.values(compose.secrets).map((secret) => secret.file)).toEqual(
    Object.keys(compose.secrets).map((name) => `./secrets/${name}`),
  )
  const operator = new URL(secrets['migration-database-url']?.trim() ?? '')
  expect(operator.password).toBe(secrets['postgres-password']?.trim())
  expect(operator.password).not.toBe(new URL(secrets['database-url']?.trim() ?? '').password)
  expect(secrets['encryption-keys']).toMatch(/^20\d\d:[\w+/]{43}=\n$/)
  expect(statSync(path.join(folder, 'database-url')).mode & 0o777).toBe(0o444)
})
