import { readFileSync } from 'node:fs'
import { createDb } from '@galley/db/client'
import { expect, test } from 'vitest'
import { parseEnv, variableDescriptions } from '../../../src/env.ts'
import { databaseUrl, production, twoKeys } from '../../env.ts'

test('what is needed is enough', () => {
  expect(parseEnv({ DATABASE_URL: databaseUrl, ENCRYPTION_KEYS: twoKeys })).toEqual({
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
    DATABASE_URL: databaseUrl,
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

test.each(['', ' ', '\t'])('what is set to nothing or to spaces (%j) is not set', (nothing) => {
  const env = parseEnv({ ...production, SECOND_FACTOR_GRACE_DAYS: nothing, S3_BUCKET: nothing })
  expect(env).toEqual(parseEnv(production))
})

test('no part of a password in the address of a database is taken for a host', async () => {
  const { DATABASE_URL: url } = parseEnv({
    ...production,
    NODE_ENV: 'test',
    DATABASE_URL: 'postgres://galley:1st@2nd,3rd@127.0.0.1:1/galley',
  })
  await using database = createDb(url, { max: 1 })
  await expect(database.sql`select 1`).rejects.toThrow('connect ECONNREFUSED 127.0.0.1:1')
})

test.each(['30 2 * * *', '*/15 2-5 1,15 * 1-5', '0 0 31 1,2 *', '0 5-23/6 * * 0,6', '0 2 30 2 1'])(
  'BACKUP_SCHEDULE may be %s',
  (schedule) => {
    const env = parseEnv({ ...production, BACKUP_DIR: '/backups', BACKUP_SCHEDULE: schedule })
    expect(env).toMatchObject({ BACKUP_SCHEDULE: schedule })
  },
)

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

test('.env.example names and describes each variable, and its defaults are the real ones', () => {
  const text = readFileSync(new URL('../../../../../.env.example', import.meta.url), 'utf8')
  const entries = [...text.matchAll(/^# (.+)\n#(\w+)=(.*)$/gm)].map(
    ([, comment = '', name = '', value = '']) => ({ comment, name, value }),
  )
  expect(Object.fromEntries(entries.map(({ name, comment }) => [name, comment]))).toEqual(
    variableDescriptions,
  )
  const defaults: Record<string, unknown> = parseEnv({
    DATABASE_URL: databaseUrl,
    ENCRYPTION_KEYS: twoKeys,
  })
  for (const { name, value } of entries.filter((entry) => entry.value !== '')) {
    expect(String(defaults[name]), name).toBe(value)
  }
})
