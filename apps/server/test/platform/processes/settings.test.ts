import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect, createServer as createNetServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { deleteOldEntries } from '@galley/platform/audit/sweep'
import { systemCtx } from '@galley/platform/ctx'
import { pngOf } from '@galley/platform/test/pictures'
import { useTestDatabase } from '@galley/testing/database'
import { startGithubServer } from '@galley/testing/github-server'
import { createDb } from '@galley/db/client'
import { users } from '@galley/db/schema'
import { startMailSink } from '@galley/testing/mail-sink'
import { startS3Server } from '@galley/testing/s3-server'
import type { WebContext } from '@galley/web/host'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { createDeps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'
import { useApp } from '../../app.ts'
import { formOf } from '../media/form.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { openBrowser } from '../identity/identity-browser.ts'
import { signUp } from '../../people.ts'
import { runToEnd, startServer } from '../../server-process.ts'
import { useWorker } from '../../worker.ts'

/**
 * Every variable of `.env.example` is tried on all that it promises: here, with its name in the title, or in the files
 * named below, which set it.
 */
const elsewhere: Record<string, string[]> = {
  NODE_ENV: ['boot.test.ts', 'role-check.test.ts', 'env.test.ts'],
  PORT: ['dev.test.ts', 'boot.test.ts'],
  API_PORT: ['dev.test.ts', '../../server-process.ts'],
  DATABASE_DIRECT_URL: ['../../publishing/behind-pgbouncer.test.ts'],
  DATABASE_URL: ['boot.test.ts', 'role-check.test.ts'],
  DATABASE_REPLICA_URLS: ['../../publishing/replicas.test.ts', 'env.test.ts'],
  DATABASE_REPLICA_MAX_LAG_MS: ['../../publishing/replicas.test.ts'],
  ENCRYPTION_KEYS: ['cli.test.ts', '../http/canary.test.ts'],
  SMTP_URL: ['../identity/accounts.test.ts', '../http/canary.test.ts'],
  OIDC_PROVIDERS: ['../identity/identities.test.ts', '../identity/identities-connect.test.ts'],
  BACKUP_DIR: ['backup.test.ts'],
  BACKUP_SCHEDULE: ['backup.test.ts'],
  BACKUP_KEEP: ['backup.test.ts'],
  BACKUP_KEY: ['backup.test.ts'],
  BACKUP_FILES: ['backup.test.ts'],
  BACKUP_PG_DUMP: ['backup.test.ts'],
  REDIS_URL: ['../http/shared-limits.test.ts'],
  DATABASE_POOL_MAX: ['../http/pool-wait.test.ts'],
  WEB_CONCURRENCY: ['cluster.test.ts'],
  MAX_CONNECTIONS_PER_ADDRESS: ['../http/bodies.test.ts'],
  HSTS_INCLUDE_SUBDOMAINS: ['../http/headers.test.ts'],
  SECOND_FACTOR_ROLES: ['../identity/second-factor-roles.test.ts'],
  SECOND_FACTOR_GRACE_DAYS: ['../identity/second-factor-roles.test.ts'],
  MAX_IN_FLIGHT: ['../http/overload.test.ts'],
  MAX_STREAMS: ['../live/stream-limits.test.ts'],
  MAX_STREAMS_PER_ADDRESS: ['../live/stream-limits.test.ts'],
  MAX_STREAMS_PER_PERSON: ['../live/stream-limits.test.ts'],
  PUBLIC_CACHE_MB: ['../../publishing/public-answers.test.ts'],
  MEDIA_MAX_BYTES: ['../media/upload.test.ts'],
  PUBLIC_ORIGIN: ['../../app.ts', '../identity/session.test.ts'],
  CORS_ORIGINS: ['../../app.ts', '../client/typed-clients.ts'],
  TRUST_PROXY: ['../http/rate-limit.test.ts', '../http/shared-limits.test.ts'],
  RATE_LIMIT_PER_MINUTE: ['../http/rate-limit.test.ts', '../rest/rest-limits.test.ts'],
  SESSION_IDLE_DAYS: ['../identity/accounts.test.ts'],
  SESSION_ABSOLUTE_DAYS: ['../identity/accounts.test.ts'],
  WORKER: ['worker.test.ts', '../../server-process.ts'],
  WORKER_PORT: ['worker.test.ts'],
  METRICS_PORT: ['metrics.test.ts'],
  METRICS_HOST: ['metrics.test.ts'],
  SLOW_STATEMENT_MS: ['../metrics/slow-statements.test.ts'],
  LOG_LEVEL: ['../http/health.test.ts', 'worker.test.ts'],
  OTEL_EXPORTER_OTLP_ENDPOINT: ['traces.test.ts', 'env.test.ts'],
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ['traces.test.ts'],
  OTEL_EXPORTER_OTLP_PROTOCOL: ['env.test.ts'],
  OTEL_EXPORTER_OTLP_HEADERS: ['traces.test.ts', 'secret-files.test.ts'],
  OTEL_SDK_DISABLED: ['traces.test.ts'],
  OTEL_SERVICE_NAME: ['traces.test.ts'],
  OTEL_TRACES_SAMPLER: ['traces.test.ts', 'env.test.ts'],
  OTEL_TRACES_SAMPLER_ARG: ['traces.test.ts', 'env.test.ts'],
  OTEL_BSP_SCHEDULE_DELAY: ['traces.test.ts'],
  SHUTDOWN_DRAIN_MS: ['shutdown.test.ts'],
  SHUTDOWN_TIMEOUT_MS: ['shutdown.test.ts'],
}
const database = useTestDatabase()

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

test('every variable is tried somewhere', () => {
  const names = Array.from(
    read('../../../../../.env.example').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm),
    ([, name = '']) => name,
  )
  expect(names.length).toBeGreaterThan(30)
  const own = read('settings.test.ts')
  const untried = names.filter((name) => {
    const inTitle = new RegExp(`(?:test|describe)\\('[^']*\\b${name}\\b`).test(own)
    const files = elsewhere[name] ?? []
    return !inTitle && !(files.length > 0 && files.every((file) => read(file).includes(name)))
  })
  expect(untried).toEqual([])
})

describe('SITE_NAME, SITE_DESCRIPTION, SITE_LANGUAGE, SITE_LINKS, MAIL_FROM', async () => {
  const sink = await startMailSink()
  afterAll(() => sink.close())
  let context: WebContext | undefined
  const links = [{ label: 'Imprint', href: '/imprint' }]
  const on = useApp(
    {
      SITE_NAME: 'Orchard: Notes',
      SITE_DESCRIPTION: 'Of trees.',
      SITE_LANGUAGE: 'de-AT',
      SITE_LINKS: JSON.stringify(links),
      MAIL_FROM: 'Orchard <post@orchard.example>',
      SMTP_URL: sink.url,
    },
    {
      webBuild: {
        clientDir: fileURLToPath(new URL('../access', import.meta.url)),
        publicAddressOf: () => undefined,
        async fetch(_request, options) {
          context = options.context
          return new Response('page')
        },
      },
    },
  )
  useWorker(on)
  const settings = {
    name: 'Orchard: Notes',
    description: 'Of trees.',
    language: 'de-AT',
    links,
    logoUrl: null,
    signUp: 'readers',
  }

  test('reach the pages and the API', async () => {
    await on.app.inject('/')
    expect(context?.site).toEqual(settings)
    expect((await on.app.inject('/api/v1/site')).json()).toEqual(settings)
  })

  test('reach mails: subject, text and sender', async () => {
    const email = 'subscriber@example.com'
    await on.post('/trpc/users.create', {
      email,
      username: 'subscriber',
      displayName: 'Subscriber',
      password: 'seventeen blue herons',
    })
    const mail = await sink.mailTo(email)
    expect(mail.subject).toContain('Orchard: Notes')
    expect(mail.text).toContain('Orchard: Notes')
    expect(mail.from).toContain('post@orchard.example')
  })

  test('reach what authenticators and passkeys show', async () => {
    const browser = openBrowser(on, (await signUp(on)).cookie)
    const totp = await browser.post('/trpc/credentials.startTotp', {})
    const { uri } = totp.json().result.data
    expect(new URL(uri).searchParams.get('issuer')).toBe('Orchard Notes')
    const passkey = await browser.post('/trpc/passkeys.startRegistration', {})
    expect(JSON.stringify(passkey.json())).toContain('"name":"Orchard: Notes"')
  })
})

test('HOST is the address that the server listens on', async () => {
  const server = await startServer({ DATABASE_URL: database.url, HOST: '127.0.0.2' })
  // Loopback has other addresses: only the one that is named is taken.
  const live = (host: string) => fetch(`http://${host}:${server.port}/health/live`)
  expect((await live('127.0.0.2')).status).toBe(200)
  await expect(live('127.0.0.1')).rejects.toThrow('fetch failed')
  server.kill('SIGTERM')
  await server.exit
})

describe('MAX_CONNECTIONS', () => {
  const on = useApp({ MAX_CONNECTIONS: '3', TRUST_PROXY: '127.0.0.1' })

  test('is how many connections are open at once, also by a proxy', async () => {
    await on.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = on.app.server.address() as AddressInfo
    const open = async () => {
      const socket = connect(port, '127.0.0.1').on('error', () => {})
      await once(socket, 'connect')
      return socket
    }
    const kept = await Promise.all([open(), open(), open()])
    const refused = await open()
    await once(refused, 'close')
    expect(kept.map(({ destroyed }) => destroyed)).toEqual([false, false, false])
    for (const socket of kept) socket.destroy()
  })
})

test('MIGRATION_DATABASE_URL is the role that pnpm migrate works with', async () => {
  const name = `${new URL(database.url).pathname.slice(1)}_empty`
  await database.asOperator((sql) => sql`create database ${sql(name)}`)
  onTestFinished(() =>
    database.asOperator(async (sql) => void (await sql`drop database ${sql(name)} with (force)`)),
  )
  const on = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href
  const migrate = fileURLToPath(new URL('../../../src/migrate.ts', import.meta.url))
  const child = spawn(process.execPath, [migrate], {
    env: {
      NODE_ENV: 'test',
      ENCRYPTION_KEYS,
      DATABASE_URL: on(database.url),
      MIGRATION_DATABASE_URL: on(database.adminUrl),
    },
  })
  const [output, problem, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  expect([code, problem, output]).toEqual([0, '', expect.stringContaining('migrations applied')])
  await using server = createDb(on(database.url), { max: 1 })
  expect(await server.db.$count(users)).toBe(0)
})

describe('GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET, GITHUB_URL, GITHUB_API_URL', async () => {
  const client = { clientId: 'galley', clientSecret: 'a secret of the tests' }
  const github = await startGithubServer(client)
  afterAll(() => github.close())
  const on = useApp({
    SIGN_UP: 'open',
    GITHUB_CLIENT_ID: client.clientId,
    GITHUB_CLIENT_SECRET: client.clientSecret,
    GITHUB_URL: github.url,
    GITHUB_API_URL: github.url,
  })

  test('let people sign in with GitHub', async () => {
    const browser = openBrowser(on)
    const email = { email: 'octo@example.org', primary: true, verified: true, visibility: null }
    const account = { id: 583_231, login: 'octo-cat', name: 'Octo', emails: [email] }
    const at = await browser.startAt({ provider: 'github' })
    await browser.comeBack(github.authorize(at, account))
    expect(await browser.whoAmI()).toBe('octo-cat')
  })
})

describe('GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET', () => {
  const on = useApp({ GOOGLE_CLIENT_ID: 'galley', GOOGLE_CLIENT_SECRET: 'a secret of the tests' })

  test('offer Google among the providers', async () => {
    const response = await on.app.inject('/trpc/identities.providers')
    expect(response.json().result.data.items).toEqual([
      { name: 'google', label: 'Google', stepUp: true },
    ])
  })
})

describe('PASSWORD_BREACH_URL', async () => {
  const known = 'a password from some breach'
  const hash = createHash('sha1').update(known).digest('hex').toUpperCase()
  const service = createServer((request, response) => {
    response.end(request.url === `/range/${hash.slice(0, 5)}` ? `${hash.slice(5)}:9` : '')
  })
  await once(service.listen(0, '127.0.0.1'), 'listening')
  afterAll(() => service.close())
  const { port } = service.address() as AddressInfo
  const on = useApp({ PASSWORD_BREACH_URL: `http://127.0.0.1:${port}` })

  test('names the service that new passwords are looked up at', async () => {
    const signUpWith = async (password: string) => {
      const names = { email: 'new@example.com', username: 'newcomer', displayName: 'New' }
      const response = await on.post('/trpc/users.create', { ...names, password })
      return response.statusCode === 200 ? 'ok' : response.json().error.data.reason
    }
    expect(await signUpWith(known)).toBe('password/breached')
    expect(await signUpWith('seventeen blue herons')).toBe('ok')
  })
})

test('MEDIA_FOLDER is where uploaded files are', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'galley-settings-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const env = parseEnv({ DATABASE_URL: database.url, ENCRYPTION_KEYS, MEDIA_FOLDER: folder })
  await using deps = createDeps(env)
  await deps.domain.storage.put('a/b.txt', Readable.from(['hello']), { contentType: 'text/plain' })
  expect(await readFile(path.join(folder, 'a/b.txt'), 'utf8')).toBe('hello')
})

test('S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_PATH_STYLE, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY are where they are otherwise', async () => {
  const s3 = await startS3Server()
  onTestFinished(s3.close)
  const { bucket, endpoint, credentials } = s3.options
  const env = parseEnv({
    DATABASE_URL: database.url,
    ENCRYPTION_KEYS,
    S3_BUCKET: bucket,
    S3_ENDPOINT: endpoint,
    S3_REGION: 'eu-north-1',
    S3_PATH_STYLE: 'yes',
    S3_ACCESS_KEY_ID: credentials.accessKeyId,
    S3_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  })
  await using deps = createDeps(env)
  const { storage } = deps.domain
  await storage.put('a/b.txt', Readable.from(['hello']), { contentType: 'text/plain' })
  expect(s3.seen).toEqual([expect.stringMatching(/^PUT \/galley-test\/a\/b\.txt\b/)])
  const url = await storage.presignGet?.('a/b.txt', { expiresSeconds: 60 })
  expect(url).toContain('%2Feu-north-1%2Fs3%2F')
})

describe('MEDIA_QUOTA_BYTES', () => {
  // Room for a file of the largest size is taken until its own size is known.
  const on = useApp({ MEDIA_MAX_BYTES: '2000', MEDIA_QUOTA_BYTES: '4500' })

  test('is what the files of one person may have together', async () => {
    const { asBrowser } = await signUp(on)
    const content = pngOf(700, 400)
    expect([content.length > 1500, content.length < 2000]).toEqual([true, true])
    const upload = () =>
      on.app.inject({
        method: 'POST',
        url: '/api/v1/media',
        headers: asBrowser,
        payload: formOf({ content }),
      })
    expect([(await upload()).statusCode, (await upload()).statusCode]).toEqual([201, 201])
    expect((await upload()).json().reason).toBe('media/quota-exceeded')
  })
})

test('AUDIT_LOG_DAYS is how long entries of the audit log are kept', async () => {
  const base = { DATABASE_URL: database.url, ENCRYPTION_KEYS, AUDIT_LOG_DAYS: '100' }
  await using deps = createDeps(parseEnv(base))
  await database.sql`
    insert into audit_log (id, at, action, actor_kind, target_type, target_id, request_id)
    select gen_random_uuid(), now() - make_interval(days => age), 'aged', 'system', 'x', age, 'x'
    from generate_series(98, 103) age`
  await deleteOldEntries(systemCtx(deps.domain))
  const left = await database.sql`
    select target_id from audit_log where action = 'aged' order by target_id`
  expect(left).toEqual([{ target_id: '98' }, { target_id: '99' }])
})

describe('VIRUS_SCAN, VIRUS_SCAN_REQUIRED', () => {
  test('name the scanner that files are scanned by', async () => {
    const clamd = createNetServer((socket) => void socket.resume().write('stream: Test FOUND\0'))
    await once(clamd.listen(0, '127.0.0.1'), 'listening')
    onTestFinished(() => void clamd.close())
    const { port } = clamd.address() as AddressInfo
    const VIRUS_SCAN = `tcp://127.0.0.1:${port}`
    const base = { DATABASE_URL: database.url, ENCRYPTION_KEYS, VIRUS_SCAN_REQUIRED: 'true' }
    await using deps = createDeps(parseEnv({ ...base, VIRUS_SCAN }))
    const verdict = await deps.domain.virusScanner.scan(Readable.from(['hello']))
    expect(verdict).toEqual({ verdict: 'infected', signature: 'Test' })
  })

  test('refuse to start without one', async () => {
    const { code, stderr } = await runToEnd({
      DATABASE_URL: database.url,
      VIRUS_SCAN_REQUIRED: 'true',
    })
    expect(code).toBe(1)
    expect(stderr).toBe(
      'Galley did not start: VIRUS_SCAN is missing, and VIRUS_SCAN_REQUIRED is true.\n',
    )
  })
})

describe('SIGN_UP', () => {
  const on = useApp({ SIGN_UP: 'invite' })

  test('says who may make an account', async () => {
    const person = { email: 'new@example.com', username: 'newcomer', displayName: 'New' }
    const response = await on.post('/trpc/users.create', { ...person, password: 'blue herons, 17' })
    expect(response.json().error.data.reason).toBe('user/invitation-required')
  })
})
