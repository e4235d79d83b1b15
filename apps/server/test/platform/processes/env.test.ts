import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { BootError } from '../../../src/boot-error.ts'
import { parseEnv, variableDescriptions } from '../../../src/env.ts'
import { needsTls } from '../../../src/env/addresses.ts'
import { databasesWithTls, databaseVariables } from '../../../src/env/database.ts'

const database = 'postgres://galley:9fJ2xK@db.internal:5432/galley'
const ENCRYPTION_KEYS = `new:${randomBytes(32).toString('base64')},old:${randomBytes(32).toString('base64')}`
const production = {
  ENCRYPTION_KEYS,
  SMTP_URL: 'smtp://sender:x9f@mail.internal:587',
  NODE_ENV: 'production',
  DATABASE_URL: database,
  PUBLIC_ORIGIN: 'https://galley.example',
}

function problemOf(source: Record<string, string>) {
  try {
    parseEnv(source)
  } catch (error) {
    if (error instanceof BootError) return error.message
    throw error
  }
  return undefined
}

test('what is needed is enough', () => {
  expect(parseEnv({ DATABASE_URL: database, ENCRYPTION_KEYS })).toEqual({
    ENCRYPTION_KEYS: [
      { id: 'new', key: expect.any(Buffer) },
      { id: 'old', key: expect.any(Buffer) },
    ],
    SITE_NAME: 'Galley',
    SITE_DESCRIPTION: expect.any(String),
    SITE_LANGUAGE: 'en',
    SITE_LINKS: [],
    SIGN_UP: 'readers',
    MAIL_FROM: 'Galley <galley@localhost.localdomain>',
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PORT: 3000,
    API_PORT: 3001,
    DATABASE_URL: database,
    DATABASE_REPLICA_URLS: [],
    DATABASE_REPLICA_MAX_LAG_MS: 5000,
    PUBLIC_CACHE_MB: 32,
    MEDIA_FOLDER: '.galley/media',
    MEDIA_MAX_BYTES: 20 * 1024 * 1024,
    MEDIA_QUOTA_BYTES: 1024 * 1024 * 1024,
    METRICS_HOST: '127.0.0.1',
    S3_REGION: 'us-east-1',
    S3_PATH_STYLE: 'no',
    VIRUS_SCAN_REQUIRED: 'false',
    BACKUP_KEEP: 7,
    BACKUP_FILES: 'yes',
    BACKUP_PG_DUMP: 'yes',
    DATABASE_POOL_MAX: expect.any(Number),
    MAX_CONNECTIONS: 5000,
    MAX_CONNECTIONS_PER_ADDRESS: 1000,
    MAX_IN_FLIGHT: 100,
    MAX_STREAMS: 4000,
    MAX_STREAMS_PER_ADDRESS: 200,
    MAX_STREAMS_PER_PERSON: 20,
    PUBLIC_ORIGIN: 'http://localhost:3000',
    GITHUB_URL: 'https://github.com',
    GITHUB_API_URL: 'https://api.github.com',
    OIDC_PROVIDERS: [],
    CORS_ORIGINS: [],
    TRUST_PROXY: [],
    HSTS_INCLUDE_SUBDOMAINS: 'no',
    RATE_LIMIT_PER_MINUTE: 600,
    WEB_CONCURRENCY: 1,
    WORKER: 'inline',
    SESSION_IDLE_DAYS: 14,
    SESSION_ABSOLUTE_DAYS: 30,
    SECOND_FACTOR_ROLES: [],
    SECOND_FACTOR_GRACE_DAYS: 14,
    AUDIT_LOG_DAYS: 730,
    LOG_LEVEL: 'info',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_SDK_DISABLED: false,
    OTEL_SERVICE_NAME: 'galley',
    OTEL_TRACES_SAMPLER: 'parentbased_always_on',
    OTEL_TRACES_SAMPLER_ARG: 1,
    OTEL_BSP_SCHEDULE_DELAY: 5000,
    SHUTDOWN_DRAIN_MS: 0,
    SHUTDOWN_TIMEOUT_MS: 10_000,
  })
  expect(parseEnv(production)).toMatchObject({
    PUBLIC_ORIGIN: 'https://galley.example',
    SHUTDOWN_DRAIN_MS: 1000,
  })
})

test.each([
  { cores: 1, DATABASE_POOL_MAX: 5, WEB_CONCURRENCY: 1 },
  { cores: 2, DATABASE_POOL_MAX: 5, WEB_CONCURRENCY: 1 },
  { cores: 4, DATABASE_POOL_MAX: 9, WEB_CONCURRENCY: 3 },
  { cores: 64, DATABASE_POOL_MAX: 10, WEB_CONCURRENCY: 4 },
])('what follows from $cores cores, unless it is set', ({ cores, ...expected }) => {
  expect(parseEnv(production, cores)).toMatchObject(expected)
  const set = { DATABASE_POOL_MAX: '40', WEB_CONCURRENCY: '2' }
  expect(parseEnv({ ...production, ...set }, cores)).toMatchObject({
    DATABASE_POOL_MAX: 40,
    WEB_CONCURRENCY: 2,
  })
})

test('lists and origins are read as browsers and proxies write them', () => {
  const env = parseEnv({
    ...production,
    PUBLIC_ORIGIN: 'https://Galley.Example:443/',
    CORS_ORIGINS: 'https://a.example, http://localhost:5173',
    TRUST_PROXY: '10.0.0.0/8, ::1',
  })
  expect(env.PUBLIC_ORIGIN).toBe('https://galley.example')
  expect(env.CORS_ORIGINS).toEqual(['https://a.example', 'http://localhost:5173'])
  expect(env.TRUST_PROXY).toEqual(['10.0.0.0/8', '::1'])
})

const oidcProvider = (change: object = {}) =>
  JSON.stringify({
    name: 'company',
    label: 'Company',
    issuer: 'https://id.company.example',
    clientId: 'galley-canary',
    clientSecret: 'canary',
    ...change,
  })

const wrong: [name: string, value: string, says: string][] = [
  ['NODE_ENV', 'prod-canary', 'development'],
  ['PORT', '0-canary', 'NaN'],
  ['PORT', '70000', '65535'],
  ['DATABASE_URL', 'mysql://u:canary@h/d', 'postgres://'],
  ['DATABASE_URL', 'canary', 'cannot be read'],
  ['DATABASE_URL', 'postgres://u:canary@h', 'no database'],
  ['DATABASE_URL', 'postgres://u:canary%@h/d', '%25'],
  ['ENCRYPTION_KEYS', 'canary', 'id:key'],
  ['ENCRYPTION_KEYS', `a:${Buffer.from('canary').toString('base64')}`, '32 bytes'],
  ['ENCRYPTION_KEYS', `${ENCRYPTION_KEYS},${ENCRYPTION_KEYS}`, 'unlike'],
  ['MIGRATION_DATABASE_URL', 'canary', 'cannot be read'],
  ['SITE_LANGUAGE', 'English-canary', 'pt-BR'],
  ['SITE_LINKS', '[{"label":"A","href":"javascript:canary"}]', '0.href'],
  ['SITE_LINKS', 'canary', 'JSON list'],
  ['SIGN_UP', 'canary', 'invite'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'canary:4318', 'http://host:4318'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'canary', 'http/protobuf'],
  ['OTEL_TRACES_SAMPLER', 'canary', 'traceidratio'],
  ['OTEL_TRACES_SAMPLER_ARG', '2-canary', 'NaN'],
  ['GITHUB_URL', 'http://canary.example', 'https://'],
  ['OIDC_PROVIDERS', 'canary', 'JSON list'],
  ['OIDC_PROVIDERS', '{"name":"canary"}', 'JSON list'],
  ['OIDC_PROVIDERS', `[${oidcProvider({ issuer: 'http://canary.example' })}]`, 'see 0.issuer'],
  ['OIDC_PROVIDERS', `[${oidcProvider({ issuer: 'https://u:canary@x.example' })}]`, 'see 0.issuer'],
  ['OIDC_PROVIDERS', `[${oidcProvider({ clientSecret: '' })}]`, 'see 0.clientSecret'],
  ['OIDC_PROVIDERS', `[${oidcProvider({ canary: 1 })}]`, 'see 0'],
  ['OIDC_PROVIDERS', `[${oidcProvider()},${oidcProvider()}]`, 'unlike'],
  ['OIDC_PROVIDERS', `[${oidcProvider({ name: 'google' })}]`, 'unlike'],
  ['SMTP_URL', 'http://u:canary@mail', 'smtp://'],
  ['S3_BUCKET', 'Canary/..', 'name of a bucket'],
  ['S3_ENDPOINT', 'https://s3.example/canary', 'without a path'],
  ['S3_ENDPOINT', 'https://u:canary@s3.example', 'without a path'],
  ['S3_PATH_STYLE', 'canary', 'yes'],
  ['BACKUP_SCHEDULE', 'every canary', '30 2 * * *'],
  ['BACKUP_KEEP', '0', '>=1'],
  ['BACKUP_KEY', 'AGE-SECRET-KEY-1CANARY', 'pnpm galley backup key'],
  ['BACKUP_FILES', 'canary', 'yes'],
  ['BACKUP_PG_DUMP', 'canary', 'yes'],
  ['VIRUS_SCAN', 'http://canary', 'tcp://'],
  ['VIRUS_SCAN', 'unix:canary', 'unix:/run'],
  ['VIRUS_SCAN_REQUIRED', 'canary', 'true'],
  ['SMTP_URL', 'smtp://u:canary@', 'smtp://'],
  ['MAIL_FROM', 'Canary', 'mail@galley.example'],
  ['PASSWORD_BREACH_URL', 'ftp://canary', 'URL'],
  ['REDIS_URL', 'http://u:canary@cache', 'redis://'],
  ['PUBLIC_ORIGIN', 'galley.canary', 'https://galley.example'],
  ['PUBLIC_ORIGIN', 'https://galley.canary/path', 'without a path'],
  ['CORS_ORIGINS', '*', 'https://app.example'],
  ['CORS_ORIGINS', 'https://a.example,null', 'https://app.example'],
  ['CORS_ORIGINS', 'https://*.canary.example', 'https://app.example'],
  ['TRUST_PROXY', 'true', '10.0.0.0/8'],
  ['TRUST_PROXY', '0.0.0.0/0', '10.0.0.0/8'],
  ['TRUST_PROXY', '10.0.0.1/33', '10.0.0.0/8'],
  ['LOG_LEVEL', 'loud-canary', 'info'],
  ['RATE_LIMIT_PER_MINUTE', '-1', '>=1'],
]

test.for(wrong)('CF1 %s=%s is refused by name, without its value', ([name, value, says]) => {
  const message = problemOf({ ...production, [name]: value })
  expect(message).toMatch(new RegExp(`^${name} is not valid: `))
  expect(message).toContain(says)
  expect(message).toContain(variableDescriptions[name])
  expect(message).not.toContain('canary')
  expect(message).not.toContain('\n')
})

describe('CF1 production', () => {
  test.for(['DATABASE_URL', 'ENCRYPTION_KEYS', 'PUBLIC_ORIGIN', 'SMTP_URL'])('needs %s', (name) => {
    for (const source of [{ ...production, [name]: '' }]) {
      expect(problemOf(source)).toBe(`${name} is missing. ${variableDescriptions[name]}`)
    }
  })

  test.for(['change-me', 'PASSWORD', 'postgres', 'your-password', '123456'])(
    'refuses the password %s',
    (password) => {
      const source = { ...production, DATABASE_URL: `postgres://u:${password}@h/d` }
      expect(problemOf(source)).toMatch(/^DATABASE_URL holds a placeholder/)
      expect(problemOf({ ...source, NODE_ENV: 'development' })).toBeUndefined()
    },
  )

  test('refuses a key that is not random', () => {
    const ENCRYPTION_KEYS = `a:${Buffer.alloc(32).toString('base64')}`
    expect(problemOf({ ...production, ENCRYPTION_KEYS })).toMatch(/^ENCRYPTION_KEYS holds a key/)
  })

  test('needs https, but for this very machine', () => {
    expect(problemOf({ ...production, PUBLIC_ORIGIN: 'http://galley.example' })).toMatch(
      /^PUBLIC_ORIGIN must start with https/,
    )
    expect(problemOf({ ...production, PUBLIC_ORIGIN: 'http://localhost:3000' })).toBeUndefined()
  })
})

describe('CF1 in production what goes to other machines is encrypted', () => {
  const databaseUrl = (url: string, NODE_ENV = 'production') =>
    parseEnv({ ...production, NODE_ENV, DATABASE_URL: url }).DATABASE_URL

  test.each([
    ['postgres://g:9fJ2xK@db/galley', 'postgres://g:9fJ2xK@db/galley?sslmode=require'],
    ['postgres://g:9fJ2xK@10.0.0.7/galley', 'postgres://g:9fJ2xK@10.0.0.7/galley?sslmode=require'],
    [
      'postgres://g:9fJ2xK@db/galley?sslmode=verify-full',
      'postgres://g:9fJ2xK@db/galley?sslmode=verify-full',
    ],
    ['postgres://g:9fJ2xK@db/galley?sslmode=disable', 'postgres://g:9fJ2xK@db/galley'],
    ['postgres://g:9fJ2xK@localhost/galley', 'postgres://g:9fJ2xK@localhost/galley'],
    ['postgres://g:9fJ2xK@127.0.0.3:1/galley', 'postgres://g:9fJ2xK@127.0.0.3:1/galley'],
    ['postgres://g:9fJ2xK@[::1]/galley', 'postgres://g:9fJ2xK@[::1]/galley'],
  ])('%s: %s', (given, used) => {
    expect(databaseUrl(given)).toBe(used)
  })

  test('also to each of DATABASE_REPLICA_URLS', () => {
    const [one, other] = ['postgres://g:9fJ2xK@db-2/galley', 'postgres://g:9fJ2xK@db-3/galley']
    const given = { ...production, DATABASE_REPLICA_URLS: `${one}, ${other}` }
    const used = [`${one}?sslmode=require`, `${other}?sslmode=require`]
    expect(parseEnv(given).DATABASE_REPLICA_URLS).toEqual(used)
    expect(() => parseEnv({ ...given, DATABASE_REPLICA_URLS: `${one},x:secret` })).toThrow(
      /DATABASE_REPLICA_URLS is not valid: it must start with postgres/,
    )
  })

  test('also to every other address of a database', () => {
    const names = Object.keys(databaseVariables).filter((name) => /_URLS?$/.test(name))
    expect(names.length).toBeGreaterThan(3)
    const given = parseEnv({
      ...production,
      ...Object.fromEntries(names.map((name) => [name, database])),
    })
    const development = databasesWithTls({ ...given, DATABASE_URL: database })
    for (const env of [given, development]) {
      const used = Object.entries(env).filter(([name]) => names.includes(name))
      expect(used).toHaveLength(names.length)
      for (const [name, value] of used) {
        expect([value].flat(), name).toEqual([`${database}?sslmode=require`])
      }
    }
  })

  test('but not in development', () => {
    expect(databaseUrl(database, 'development')).toBe(database)
  })

  test('Redis on another machine is refused without', () => {
    expect(problemOf({ ...production, REDIS_URL: 'redis://cache:6379' })).toMatch(
      /REDIS_URL must start with rediss:\/\/ in production/,
    )
  })

  test.each(['redis://cache:6379?tls=off', 'rediss://cache:6379', 'redis://localhost:6379'])(
    '%s is taken',
    (REDIS_URL) => {
      expect(problemOf({ ...production, REDIS_URL })).toBeUndefined()
    },
  )

  test('a mail server may be used without, where its address says so', () => {
    const SMTP_URL = 'smtp://sender:x9f@mail.internal:587?tls=off'
    expect(parseEnv({ ...production, SMTP_URL }).SMTP_URL).toBe(SMTP_URL)
    expect(needsTls(SMTP_URL)).toBe(false)
    expect(needsTls(production.SMTP_URL)).toBe(true)
    expect(needsTls('smtp://127.0.0.1:25')).toBe(false)
  })
})

test('every problem is reported at once', () => {
  expect(problemOf({ PORT: 'x', LOG_LEVEL: 'y' })).toMatch(
    /PORT is not valid.*DATABASE_URL is missing.*LOG_LEVEL is not valid/,
  )
})

test.each(['GITHUB_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'])(
  'CF1 a client of a provider is whole or not there: %s alone',
  (name) => {
    expect(problemOf({ ...production, [name]: 'canary' })).toMatch(
      /^(\w+)_CLIENT_ID and \1_CLIENT_SECRET must be set both, or neither\.$/,
    )
  },
)

describe('where files are, and what scans them', () => {
  test.each(['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])('%s alone is refused', (name) => {
    expect(problemOf({ ...production, [name]: 'canary' })).toBe(
      'S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set both, or neither.',
    )
  })

  test('a store is not reached by http in production, but on this very machine', () => {
    const at = (S3_ENDPOINT: string) =>
      problemOf({ ...production, S3_BUCKET: 'media', S3_ENDPOINT })
    expect(at('http://s3.example')).toBe('S3_ENDPOINT must start with https:// in production.')
    expect(at('http://127.0.0.1:9000')).toBeUndefined()
    expect(at('https://s3.example')).toBeUndefined()
    expect(problemOf({ ...production, S3_ENDPOINT: 'https://s3.example' })).toBe(
      'S3_ENDPOINT is set, but S3_BUCKET is missing.',
    )
  })

  test('VIRUS_SCAN_REQUIRED refuses to start without a scanner', () => {
    const source = { ...production, VIRUS_SCAN_REQUIRED: 'true' }
    expect(problemOf(source)).toBe('VIRUS_SCAN is missing, and VIRUS_SCAN_REQUIRED is true.')
    for (const VIRUS_SCAN of ['tcp://clamav:3310', 'unix:/run/clamav/clamd.ctl']) {
      expect(problemOf({ ...source, VIRUS_SCAN })).toBeUndefined()
    }
  })
})

test('.env.example names and describes each variable, and its defaults are the real ones', () => {
  const text = readFileSync(new URL('../../../../../.env.example', import.meta.url), 'utf8')
  const entries = [...text.matchAll(/^# (.+)\n#(\w+)=(.*)$/gm)].map(
    ([, comment = '', name = '', value = '']) => ({ comment, name, value }),
  )
  expect(Object.fromEntries(entries.map(({ name, comment }) => [name, comment]))).toEqual(
    variableDescriptions,
  )
  const defaults: Record<string, unknown> = parseEnv({ DATABASE_URL: database, ENCRYPTION_KEYS })
  for (const { name, value } of entries.filter((entry) => entry.value !== '')) {
    expect(String(defaults[name]), name).toBe(value)
  }
})
