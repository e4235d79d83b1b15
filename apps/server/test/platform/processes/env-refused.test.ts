import { describe, expect, test } from 'vitest'
import { variableDescriptions } from '../../../src/env.ts'
import { problemOf, production, twoKeys } from '../../env.ts'

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
  ['PORT', '0-canary', 'in digits'],
  ['PORT', '0xBB8', 'in digits'],
  ['PORT', '3e3', 'in digits'],
  ['PORT', '70000', '65535'],
  ['DATABASE_URL', 'mysql://u:canary@h/d', 'postgres://'],
  ['DATABASE_URL', 'canary', 'cannot be read'],
  ['DATABASE_URL', 'postgres://u:canary@h', 'no database'],
  ['DATABASE_URL', 'postgres://u:canary%@h/d', '%25'],
  ['DATABASE_URL', 'postgres://canary%:p@h/d', '%25'],
  ['DATABASE_URL', 'postgres://u:canary%ff@h/d', '%25'],
  ['DATABASE_REPLICA_URLS', 'postgres://u:canary%ff@h/d', '%25'],
  ['ENCRYPTION_KEYS', 'canary', 'id:key'],
  ['ENCRYPTION_KEYS', `a:${Buffer.from('canary').toString('base64')}`, '32 bytes'],
  ['ENCRYPTION_KEYS', `${twoKeys},${twoKeys}`, 'unlike'],
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
  ['SMTP_URL', 'smtp://u:canary%@mail:587', '%25'],
  ['S3_BUCKET', 'Canary/..', 'name of a bucket'],
  ['S3_ENDPOINT', 'https://s3.example/canary', 'without a path'],
  ['S3_ENDPOINT', 'https://u:canary@s3.example', 'without a path'],
  ['S3_PATH_STYLE', 'canary', 'yes'],
  ['BACKUP_SCHEDULE', 'every canary', '30 2 * * *'],
  ['BACKUP_SCHEDULE', '30 24 * * *', '30 2 * * *'],
  ['BACKUP_SCHEDULE', '*/0 2 * * *', '30 2 * * *'],
  ['BACKUP_SCHEDULE', '30 2 30 2 *', '30 2 * * *'],
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
  ['REDIS_URL', 'rediss://u:canary%@cache', '%25'],
  ['PUBLIC_ORIGIN', 'galley.canary', 'https://galley.example'],
  ['PUBLIC_ORIGIN', 'https://galley.canary/path', 'without a path'],
  ['CORS_ORIGINS', '*', 'https://app.example'],
  ['CORS_ORIGINS', 'https://a.example,null', 'https://app.example'],
  ['CORS_ORIGINS', 'https://*.canary.example', 'https://app.example'],
  ['TRUST_PROXY', 'true', '10.0.0.0/8'],
  ['TRUST_PROXY', '0.0.0.0/0', '10.0.0.0/8'],
  ['TRUST_PROXY', '10.0.0.1/33', '10.0.0.0/8'],
  ['LOG_LEVEL', 'loud-canary', 'info'],
  ['RATE_LIMIT_PER_MINUTE', '-1', 'in digits'],
  ['RATE_LIMIT_PER_MINUTE', '0', '>=1'],
]

test.for(wrong)('CF1 %s=%s is refused by name, without its value', ([name, value, says]) => {
  const message = problemOf({ ...production, [name]: value })
  expect(message).toMatch(new RegExp(`^${name} is not valid: `))
  expect(message).toContain(says)
  expect(message).toContain(variableDescriptions[name])
  expect(message).not.toContain('canary')
  expect(message).not.toContain('\n')
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
