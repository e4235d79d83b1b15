import { randomUUIDv7 } from 'node:crypto'
import { identities } from '@galley/db/schema'
import { revokeProviderTokens } from '@galley/platform/identities/delete'
import { startMailSink } from '@galley/testing/mail-sink'
import { startCollector } from '@galley/testing/otlp/collector'
import { TOTP } from 'otpauth'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { parseEnv } from '../../../src/env.ts'
import { createLogger } from '../../../src/log/logger.ts'
import { startTracing } from '../../../src/tracing/start.ts'
import { useApp } from '../../app.ts'
import { dumpDatabase } from '../../dump.ts'
import { ENCRYPTION_KEYS } from '../../encryption-keys.ts'
import { openBrowser, type TestBrowser } from '../identity/identity-browser.ts'
import { signInAs, startCompany } from '../identity/identity-company.ts'
import { bearer } from '../identity/tokens.ts'
import { useWorker } from '../../worker.ts'

/**
 * LG1: marked secrets take every way through Galley, good and bad; afterwards they are looked for in all that it
 * answered, logged, traced and stored. Only the one answer that is made to show a secret may hold it. What other tests do on their
 * ways is looked through by `canaries.ts`.
 */
const collector = await startCollector()
// The exporter reads its own variable.
vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', collector.url)
const tracing = await startTracing(
  parseEnv({
    NODE_ENV: 'test',
    DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
    ENCRYPTION_KEYS,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '100',
  }),
  await createLogger({ NODE_ENV: 'test', LOG_LEVEL: 'silent' }),
)
const smtpPassword = 'canary-smtp-password'
const sink = await startMailSink()
const smtpUrl = sink.url.replace('://', `://sender:${smtpPassword}@`)
const company = await startCompany()
const on = useApp({ SMTP_URL: smtpUrl, OIDC_PROVIDERS: JSON.stringify([company.settings]) })
useWorker(on)
afterAll(() => Promise.all([company.close(), collector.close()]))

const secrets = new Map([
  ['smtp password', smtpPassword],
  ['client secret', company.settings.clientSecret],
  ['encryption key', ENCRYPTION_KEYS.split(':')[1] ?? ''],
  ['password', 'canary of a password, long'],
  ['new password', 'canary of another one, long'],
  ['wrong password', 'canary that is not the password'],
  ['forged cookie', 'canary'.padEnd(43, 'x')],
  ['forged token', `gly_${'canary'.padEnd(40, 'x')}`],
])
const secret = (name: string) => secrets.get(name) ?? ''
const keep = (name: string, value: unknown) => {
  expect(value, name).toMatch(/.{8}/)
  secrets.set(name, String(value))
}

const answers: { from: string; body: string; shows: string | undefined }[] = []

/** A call whose answer is looked at later; `shows` names the secret that it is for. */
async function call(browser: TestBrowser, path: string, input: object, shows?: string) {
  const response = await browser.post(path.startsWith('/') ? path : `/trpc/${path}`, input)
  answers.push({ from: path, body: response.body, shows })
  return response
}

/** The token of the link to `path` in a mail to this address, among others that come in any order. */
const linkToken = (address: string, path: string) =>
  vi.waitFor(
    () => {
      const mail = sink.mails.find(({ to, text }) => to === address && text.includes(path))
      const [, token] = /\?token=([\w-]+)/.exec(mail?.text ?? '') ?? []
      if (token === undefined) throw new Error(`There is no mail with a link to ${path}`)
      return token
    },
    { timeout: 20_000 },
  )

beforeAll(async () => {
  const browser = openBrowser(on)
  const email = 'canary@example.com'
  const names = { email, username: 'canary-bird', displayName: 'Canary' }
  const password = secret('password')

  await call(browser, 'users.create', { ...names, password })
  keep('verification link', await linkToken(email, '/verify-email'))
  await call(browser, 'users.verifyEmail', { token: secret('verification link') })
  await call(browser, 'sessions.create', { email, password: secret('wrong password') })
  await call(browser, 'sessions.create', { email, password })
  keep('session', browser.jar.get('__Host-galley-session'))
  keep('device', decodeURIComponent(browser.jar.get('__Host-galley-device') ?? ''))

  const token = { name: 'canary', scopes: ['profile:read'] }
  keep(
    'api token',
    (await call(browser, 'tokens.create', token, 'api token')).json().result.data.token,
  )
  await secondFactor(browser)
  await program(email, password)
  await failures(browser)

  await call(browser, 'credentials.requestPasswordReset', { email })
  keep('reset link', await linkToken(email, '/reset-password'))
  await call(browser, 'credentials.resetPassword', {
    token: secret('reset link'),
    password: secret('new password'),
  })
  await atCompany()
  await withoutMail(email)
}, 60_000)

async function secondFactor(browser: TestBrowser) {
  const started = (await call(browser, 'credentials.startTotp', {}, 'totp secret')).json()
  keep('totp secret', started.result.data.secret)
  const code = new TOTP({ secret: secret('totp secret') }).generate()
  const confirmed = await call(browser, 'credentials.confirmTotp', { code }, 'recovery code')
  keep('recovery code', confirmed.json().result.data.codes[0])
}

async function program(email: string, password: string) {
  const browser = openBrowser(on)
  const pair = { email, password, code: secret('recovery code') }
  const first = (await call(browser, '/api/v1/auth/tokens', pair, 'pair')).json()
  keep('access token', first.accessToken)
  keep('refresh token', first.refreshToken)
  const next = { refreshToken: first.refreshToken }
  const second = (await call(browser, '/api/v1/auth/refresh', next, 'pair')).json()
  keep('second refresh token', second.refreshToken)
}

/** Secrets where they do not belong, and calls that fail with them in hand. */
async function failures(browser: TestBrowser) {
  const urls = [`/?token=${secret('api token')}`, `/trpc/x?input=${secret('password')}`]
  for (const url of urls)
    answers.push({ from: url, body: (await browser.send({ url })).body, shows: undefined })
  await call(
    openBrowser(on, `__Host-galley-session=${secret('forged cookie')}`),
    'sessions.delete',
    {},
  )
  for (const name of ['forged token', 'api token', 'access token']) {
    const response = await on.post('/trpc/tokens.create', {}, bearer(secret(name)))
    answers.push({ from: `a ${name}`, body: response.body, shows: undefined })
  }
  const broken = await on.post('/trpc/users.create', `{"password":"${secret('password')}"`)
  answers.push({ from: 'broken JSON', body: broken.body, shows: undefined })
  await on.database.asOperator((sql) => sql`alter table credentials rename to hidden`)
  const login = { email: 'canary@example.com', password: secret('password') }
  expect((await call(browser, 'sessions.create', login)).statusCode).toBe(500)
  await on.database.asOperator((sql) => sql`alter table hidden rename to credentials`)
}

async function atCompany() {
  const { sub } = company.newcomer()
  company.faults.set('/token', 'garbage')
  answers.push({
    from: 'a broken provider',
    body: (await signInAs(on, sub)).response.body,
    shows: undefined,
  })
  company.faults.clear()
  const { response } = await signInAs(on, sub)
  answers.push({ from: 'the provider', body: response.body, shows: undefined })
  const [row] = await on.database.db.select().from(identities)
  const { secretBox } = on.deps.domain
  keep('provider token', secretBox.decrypt(row?.accessTokenEncrypted ?? '', `identity:${row?.id}`))
}

/** A mail that cannot be sent leaves a job behind, with the reason. */
async function withoutMail(email: string) {
  await sink.close()
  await call(openBrowser(on), 'credentials.requestPasswordReset', { email })
  await vi.waitFor(
    async () => {
      const rows = await on.database.sql`
        select from pgboss.job where name = 'mail.send' and state = 'retry' and output is not null`
      expect(rows.length).toBeGreaterThan(0)
    },
    { timeout: 20_000 },
  )
}

describe('LG1 no marked secret', () => {
  test('was lost on the way: each was really in use', () => {
    const taken = `access token, api token, client secret, device, encryption key, forged cookie,
      forged token, new password, password, provider token, recovery code, refresh token, reset link,
      second refresh token, session, smtp password, totp secret, verification link, wrong password`
    expect([...secrets.keys()].toSorted()).toEqual(taken.split(/,\s+/))
    expect(on.logs.length).toBeGreaterThan(30)
  })

  test('is in an answer, but for the one that shows it', () => {
    const pair = ['access token', 'refresh token', 'second refresh token']
    for (const { from, body, shows } of answers) {
      const shown = shows === 'pair' ? pair : [shows]
      const found = [...secrets].filter(
        ([name, value]) => !shown.includes(name) && body.includes(value),
      )
      expect(
        found.map(([name]) => name),
        from,
      ).toEqual([])
    }
  })

  test('is in a log line', () => {
    const lines = on.logs.join('')
    for (const [name, value] of secrets) expect(lines.includes(value), name).toBe(false)
  })

  test('is in a trace: no attribute, no status, no event of a span', async () => {
    await revokeByJob()
    await tracing?.stop()
    // From a job the trace goes on into what it asks of others.
    const job = collector.spans.find(({ name }) => name === 'process identities.revoke-tokens')
    const below = collector.spans.filter(({ parentId }) => parentId === job?.spanId)
    expect(below.filter(({ name }) => name.startsWith('POST'))).toMatchObject([
      { traceId: job?.traceId, kind: 'client', failed: false },
    ])
    expect(collector.refused).toEqual([])
    const names = new Set(collector.spans.map(({ name }) => name))
    const told = ['credentials.startTotp', 'sessions.create', 'send mail', 'insert api_tokens']
    for (const name of told) expect(names).toContain(name)
    for (const span of collector.spans) {
      const text = JSON.stringify({ ...span, duration: undefined })
      for (const [name, value] of secrets) expect(text.includes(value), name).toBe(false)
    }
  })

  test('is in the database: no table, no job, no audit row', async () => {
    const tables = await dumpDatabase(on.database)
    expect(tables.get('public.users')).toContain('canary-bird')
    expect(tables.get('public.audit_log')).toContain('token.created')
    for (const [table, rows] of tables) {
      for (const [name, value] of secrets) {
        expect(rows.includes(value), `${name} in ${table}`).toBe(false)
      }
    }
  })
})

/** Has the worker tell the provider that tokens are no longer needed. */
async function revokeByJob() {
  const { db, jobs, secretBox } = on.deps.domain
  const identityId = randomUUIDv7()
  const refreshTokenEncrypted = secretBox.encrypt('canary-of-a-provider', `identity:${identityId}`)
  const payload = { identityId, provider: company.settings.name, accessTokenEncrypted: null }
  await db.transaction((tx) =>
    jobs.enqueue(tx, revokeProviderTokens, { ...payload, refreshTokenEncrypted }),
  )
  const finished = () => collector.spans.map(({ name }) => name)
  await expect.poll(finished).toContain('process identities.revoke-tokens')
}
