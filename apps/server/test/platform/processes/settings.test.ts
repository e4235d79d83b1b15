import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/**
 * Every variable of `.env.example` is tried on all that it promises: in a file `settings-*.test.ts`, with its name in
 * a title, or in the files named below, which set it.
 */
const elsewhere: Record<string, string[]> = {
  NODE_ENV: ['boot.test.ts', 'role-check.test.ts', 'env-production.test.ts'],
  PORT: ['dev.test.ts', 'boot.test.ts'],
  API_PORT: ['dev.test.ts', '../../server-process.ts'],
  DATABASE_DIRECT_URL: ['../../publishing/behind-pgbouncer.test.ts'],
  DATABASE_URL: ['boot.test.ts', 'role-check.test.ts'],
  DATABASE_REPLICA_URLS: ['../../publishing/replicas.test.ts', 'env-production.test.ts'],
  DATABASE_REPLICA_MAX_LAG_MS: ['../../publishing/replicas.test.ts'],
  ENCRYPTION_KEYS: ['../../program.ts', '../http/canary.test.ts'],
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
  OTEL_EXPORTER_OTLP_ENDPOINT: ['traces.test.ts', 'env-refused.test.ts'],
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: ['traces.test.ts'],
  OTEL_EXPORTER_OTLP_PROTOCOL: ['env-refused.test.ts'],
  OTEL_EXPORTER_OTLP_HEADERS: ['traces.test.ts', 'secret-files.test.ts'],
  OTEL_SDK_DISABLED: ['traces.test.ts'],
  OTEL_SERVICE_NAME: ['traces.test.ts'],
  OTEL_TRACES_SAMPLER: ['traces.test.ts', 'env-refused.test.ts'],
  OTEL_TRACES_SAMPLER_ARG: ['traces.test.ts', 'env-refused.test.ts'],
  OTEL_BSP_SCHEDULE_DELAY: ['traces.test.ts'],
  SHUTDOWN_DRAIN_MS: ['shutdown.test.ts'],
  SHUTDOWN_TIMEOUT_MS: ['shutdown.test.ts'],
}
const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8')

test('every variable is tried somewhere', () => {
  const names = Array.from(
    read('../../../../../.env.example').matchAll(/^#?([A-Z][A-Z0-9_]*)=/gm),
    ([, name = '']) => name,
  )
  expect(names.length).toBeGreaterThan(30)
  const own = readdirSync(new URL('.', import.meta.url))
    .filter((file) => /^settings-.*\.test\.ts$/.test(file))
    .map((file) => read(file))
    .join('\n')
  const untried = names.filter((name) => {
    const inTitle = new RegExp(`(?:test|describe)\\('[^']*\\b${name}\\b`).test(own)
    const files = elsewhere[name] ?? []
    return !inTitle && !(files.length > 0 && files.every((file) => read(file).includes(name)))
  })
  expect(untried).toEqual([])
})
