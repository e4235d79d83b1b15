import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Role } from '@galley/contract/platform/users'
import { z } from 'zod'
import { BootError } from './boot-error.ts'
import { withFiles, withoutFilesOf } from './env/files.ts'
import {
  DatabaseUrl,
  DatabaseUrlList,
  isPlaceholderPassword,
  EncryptionKeys,
} from './env/secrets.ts'
import {
  needsTls,
  withTls,
  isSecureOrigin,
  MailFrom,
  Origin,
  OriginList,
  ProxyList,
  SmtpUrl,
} from './env/addresses.ts'
import { backupProblems, backupVariables } from './env/backups.ts'
import { mediaProblems, mediaVariables } from './env/media.ts'
import { providerProblems, providerVariables } from './env/providers.ts'
import { siteVariables } from './env/site.ts'
import { tracingVariables } from './env/tracing.ts'

const between = (least: number, value: number, most: number) =>
  Math.min(most, Math.max(least, value))

const int = (min: number, max: number) => z.coerce.number().int().min(min).max(max)

/** Every variable that the server reads; `.env.example` says the same, and a test holds the two together. */
/** Names of roles, separated by commas. */
const RoleList = z
  .string()
  .transform((text) => text.split(',').map((name) => name.trim()))
  .pipe(z.array(Role))

const Variables = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('development')
    .describe('How to run: development, test or production.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('The address to listen on. 0.0.0.0 takes connections from other machines.'),
  PORT: int(1, 65_535).default(3000).describe('The one port that people open.'),
  API_PORT: int(1, 65_535)
    .optional()
    .describe(
      'Development only: where the API listens, behind the pages on PORT. pnpm dev takes a free one unless this is set.',
    ),
  DATABASE_URL: DatabaseUrl.describe(
    'The PostgreSQL database, postgres://user:password@host:5432/name. In production with TLS unless it is on this machine: ?sslmode=verify-full also checks the certificate, ?sslmode=disable goes without. pnpm dev starts one when this is not set.',
  ),
  DATABASE_REPLICA_URLS: DatabaseUrlList.default([]).describe(
    'Standbys of that database, separated by commas, with the same role: what everybody may read is read there while they are near enough, by DATABASE_POOL_MAX connections and one more to each.',
  ),
  DATABASE_REPLICA_MAX_LAG_MS: int(100, 60_000)
    .default(5000)
    .describe(
      'How far a standby may be behind to be read from, in milliseconds. People always see what they wrote.',
    ),
  DATABASE_DIRECT_URL: DatabaseUrl.optional().describe(
    'The same database and role past a pool such as PgBouncer, where DATABASE_URL leads through one: for notifications, jobs and checks, which need connections of their own.',
  ),
  MIGRATION_DATABASE_URL: DatabaseUrl.optional().describe(
    'For pnpm migrate alone: the same database with a role that may create roles and tables. The server needs no such rights.',
  ),
  ENCRYPTION_KEYS: EncryptionKeys.describe(
    'Keys for secrets at rest, id:key separated by commas, each key 32 random bytes in base64. The first encrypts, all decrypt. Needed in production; pnpm dev makes one.',
  ),
  ...siteVariables,
  SMTP_URL: SmtpUrl.optional().describe(
    'The mail server, smtp://user:password@host:587 or smtps://. Needed in production, and there with TLS unless it is on this machine or the address ends in ?tls=off; pnpm dev starts one that delivers nothing.',
  ),
  MAIL_FROM: MailFrom.default('Galley <galley@localhost.localdomain>').describe(
    'The sender of mails, Name <address>.',
  ),
  PASSWORD_BREACH_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'A service that speaks the range protocol of Have I Been Pwned; new passwords are looked up there by five digits of their hash. Not asked when empty. https://api.pwnedpasswords.com is the public one.',
    ),
  ...providerVariables,
  ...mediaVariables,
  ...backupVariables,
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'write it as redis://host:6379 or rediss://' })
    .optional()
    .describe(
      'Where limits are counted instead of in the database, and public answers kept for all processes, redis://user:password@host:6379 or rediss://. In production rediss:// unless it is on this machine or the address ends in ?tls=off. The database stands in while it does not answer.',
    ),
  PUBLIC_CACHE_MB: int(0, 4096)
    .default(32)
    .describe(
      'How much memory one process has for what people read who are signed out; it is up to 15 seconds old. 0 keeps nothing.',
    ),
  DATABASE_POOL_MAX: int(1, 500)
    .optional()
    .describe(
      'The most connections that one process opens to the database. Twice the cores and one, from 5 to 10: more of them take the cores from each other.',
    ),
  WEB_CONCURRENCY: int(1, 64)
    .optional()
    .describe(
      'How many processes serve requests, with DATABASE_POOL_MAX connections each. In production one for each core but one, from 1 to 4; otherwise 1.',
    ),
  MAX_CONNECTIONS: int(1, 100_000)
    .default(5000)
    .describe('The most connections that one process has open; more are closed at once.'),
  MAX_CONNECTIONS_PER_ADDRESS: int(1, 100_000)
    .default(1000)
    .describe(
      'The same for one address (an IPv6 /64); those of TRUST_PROXY are not counted, since everybody comes by them.',
    ),
  MAX_IN_FLIGHT: int(1, 10_000)
    .default(100)
    .describe(
      'The most calls that one process works on at once; a page counts as ten. More wait for 0.4 s, then they get 503 with Retry-After. Fewer while it is late.',
    ),
  MAX_STREAMS: int(1, 100_000)
    .default(4000)
    .describe(
      'The most streams of live updates that one process has open; each is one of its connections too.',
    ),
  MAX_STREAMS_PER_ADDRESS: int(1, 100_000)
    .default(200)
    .describe('The same for one address (an IPv6 /64).'),
  MAX_STREAMS_PER_PERSON: int(1, 1000)
    .default(20)
    .describe('The same for one person who is signed in: about one for each open tab.'),
  PUBLIC_ORIGIN: Origin.optional().describe(
    'Where people reach Galley, https://galley.example. Needed in production; http://localhost:PORT otherwise.',
  ),
  CORS_ORIGINS: OriginList.default([]).describe(
    'Further origins whose pages may call the API with cookies, separated by commas.',
  ),
  TRUST_PROXY: ProxyList.default([]).describe(
    'Addresses or CIDR ranges of the reverse proxies whose X-Forwarded-* headers are believed, separated by commas.',
  ),
  HSTS_INCLUDE_SUBDOMAINS: z
    .enum(['yes', 'no'])
    .default('no')
    .describe(
      'Whether browsers must use https for all subdomains of PUBLIC_ORIGIN too, for a year: yes or no. Only where every one of them has it.',
    ),
  RATE_LIMIT_PER_MINUTE: int(1, 1_000_000)
    .default(600)
    .describe('Cost units a minute for each person, or for each address when signed out.'),
  SESSION_IDLE_DAYS: int(1, 400)
    .default(14)
    .describe('A session ends after so many days without a request.'),
  SESSION_ABSOLUTE_DAYS: int(1, 400)
    .default(30)
    .describe('A session ends so many days after sign-in, however it is used.'),
  SECOND_FACTOR_ROLES: RoleList.default([]).describe(
    'Roles that need a second factor, separated by commas: editor,admin. Who has not set it up in time can only read.',
  ),
  SECOND_FACTOR_GRACE_DAYS: int(0, 365)
    .default(14)
    .describe(
      'How many days people have to set it up, from within an hour of the setting or of being given such a role.',
    ),
  AUDIT_LOG_DAYS: int(91, 36_500)
    .default(730)
    .describe(
      'For how many days entries of the audit log are kept: two years unless set. The database refuses to take away what is younger than 90 days.',
    ),
  WORKER: z
    .enum(['inline', 'none'])
    .default('inline')
    .describe(
      'Where jobs run: inline in this process, or none here, for when pnpm worker runs them alone.',
    ),
  WORKER_PORT: int(1, 65_535)
    .optional()
    .describe(
      'Where pnpm worker answers /health/live and /health/ready, at the address HOST: a port of its own. Nowhere when it is not set.',
    ),
  METRICS_PORT: int(1, 65_535)
    .optional()
    .describe(
      'Where Prometheus finds /metrics: a port of its own, for all processes of one pnpm start together; another one for pnpm worker on the same machine. Nothing is measured when it is not set.',
    ),
  METRICS_HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'The address that METRICS_PORT is listened on. Who reaches it may read it, so no other than a private network.',
    ),
  SLOW_STATEMENT_MS: int(1, 60_000)
    .optional()
    .describe(
      'Statements that take longer are logged, without their values, and with what names their plan. None when it is not set.',
    ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('The least severe lines to log: trace, debug, info, warn, error, fatal or silent.'),
  ...tracingVariables,
  SHUTDOWN_DRAIN_MS: int(0, 60_000)
    .optional()
    .describe(
      'After SIGTERM: how long requests are still taken while /health/ready returns 503, in milliseconds. 1000 in production, 0 otherwise.',
    ),
  SHUTDOWN_TIMEOUT_MS: int(100, 120_000)
    .default(10_000)
    .describe('After SIGTERM: how long running requests may take to finish, in milliseconds.'),
})

/** Whose defaults follow from others. */
type Filled =
  | 'API_PORT'
  | 'DATABASE_POOL_MAX'
  | 'PUBLIC_ORIGIN'
  | 'WEB_CONCURRENCY'
  | 'SHUTDOWN_DRAIN_MS'

export type Env = Omit<z.output<typeof Variables>, Filled> & {
  API_PORT: number
  PUBLIC_ORIGIN: string
  DATABASE_POOL_MAX: number
  WEB_CONCURRENCY: number
  SHUTDOWN_DRAIN_MS: number
}

/** Description of each variable by its name. */
export const variableDescriptions: Record<string, string> = Object.fromEntries(
  Object.entries(Variables.shape).map(([name, schema]) => [name, schema.description ?? '']),
)

/** The environment of this process, with what a `.env` file at the root adds to it. Throws BootError. */
export function readEnv(): Env {
  loadEnvFile()
  return parseEnv(process.env)
}

type DevelopmentSecrets = Partial<
  Record<'DATABASE_URL' | 'MIGRATION_DATABASE_URL' | 'ENCRYPTION_KEYS' | 'SMTP_URL', string>
>

// Stands in while the development scripts check the rest; they make a real one.
const placeholderKeys = `none:${Buffer.alloc(32).toString('base64')}`

/** The same for the development scripts, which start a database where `DATABASE_URL` is not set. Throws BootError. */
export function readDevelopmentEnv(): Pick<Env, 'PORT'> & {
  API_PORT?: number
} & DevelopmentSecrets {
  loadEnvFile()
  const { DATABASE_URL, MIGRATION_DATABASE_URL, ENCRYPTION_KEYS, ...set } = withFiles(
    withoutEmpty(process.env),
  )
  const parsed = parseEnv({
    ...set,
    NODE_ENV: 'development',
    DATABASE_URL: DATABASE_URL ?? 'postgres://host/name',
    ENCRYPTION_KEYS: ENCRYPTION_KEYS ?? placeholderKeys,
  })
  return {
    PORT: parsed.PORT,
    ...(set['API_PORT'] && { API_PORT: parsed.API_PORT }),
    ...(DATABASE_URL && { DATABASE_URL }),
    ...(MIGRATION_DATABASE_URL && { MIGRATION_DATABASE_URL }),
    ...(ENCRYPTION_KEYS && { ENCRYPTION_KEYS }),
    ...(parsed.SMTP_URL && { SMTP_URL: parsed.SMTP_URL }),
  }
}

/** The environment of a process that the development scripts start. */
export const childEnv = (variables: Record<string, string>) => ({
  ...withoutFilesOf(process.env, variables),
  ...variables,
})

/** Adds the variables of the `.env` file at the root, where there is one, that are not set already. */
function loadEnvFile() {
  const path = fileURLToPath(new URL('../../../.env', import.meta.url))
  if (existsSync(path)) process.loadEnvFile(path)
}

/**
 * Checks `source` and fills in the defaults, some of them by the number of cores. Throws one BootError that names each
 * wrong variable, never a value.
 */
export function parseEnv(
  source: Record<string, string | undefined>,
  cores = availableParallelism(),
): Env {
  const set = withFiles(withoutEmpty(source))
  const parsed = Variables.safeParse(set)
  if (!parsed.success) throw new BootError(describe(parsed.error, set))
  const env = parsed.data
  const isProduction = env.NODE_ENV === 'production'
  const problems = [
    ...providerProblems(env),
    ...mediaProblems(env),
    ...backupProblems(env),
    ...(isProduction ? productionProblems(env) : []),
  ]
  if (problems.length > 0) throw new BootError(problems.join(' '))
  return {
    ...env,
    ...(isProduction && {
      DATABASE_URL: withTls(env.DATABASE_URL),
      ...(env.DATABASE_DIRECT_URL && { DATABASE_DIRECT_URL: withTls(env.DATABASE_DIRECT_URL) }),
      DATABASE_REPLICA_URLS: env.DATABASE_REPLICA_URLS.map(withTls),
    }),
    API_PORT: env.API_PORT ?? 3001,
    PUBLIC_ORIGIN: env.PUBLIC_ORIGIN ?? `http://localhost:${env.PORT}`,
    DATABASE_POOL_MAX: env.DATABASE_POOL_MAX ?? between(5, 2 * cores + 1, 10),
    WEB_CONCURRENCY: env.WEB_CONCURRENCY ?? (isProduction ? between(1, cores - 1, 4) : 1),
    SHUTDOWN_DRAIN_MS: env.SHUTDOWN_DRAIN_MS ?? (isProduction ? 1000 : 0),
  }
}

// `NAME=` in a .env file says that NAME is not set.
const withoutEmpty = (source: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))

function productionProblems(env: z.output<typeof Variables>) {
  const problems: string[] = []
  if (!env.PUBLIC_ORIGIN)
    problems.push(`PUBLIC_ORIGIN is missing. ${variableDescriptions.PUBLIC_ORIGIN}`)
  else if (!isSecureOrigin(env.PUBLIC_ORIGIN)) {
    problems.push(
      'PUBLIC_ORIGIN must start with https:// in production (http:// only for localhost).',
    )
  }
  if (!env.SMTP_URL) problems.push(`SMTP_URL is missing. ${variableDescriptions.SMTP_URL}`)
  if (env.ENCRYPTION_KEYS.some(({ key }) => new Set(key).size < 8)) {
    problems.push(
      'ENCRYPTION_KEYS holds a key that is not random: make one with openssl rand -base64 32.',
    )
  }
  if (env.REDIS_URL?.startsWith('redis:') && needsTls(env.REDIS_URL)) {
    problems.push(
      'REDIS_URL must start with rediss:// in production, since Redis is on another machine, or end in ?tls=off.',
    )
  }
  if (isPlaceholderPassword(env.DATABASE_URL)) {
    problems.push('DATABASE_URL holds a placeholder for a password: choose a real one.')
  }
  return problems
}

function describe(error: z.ZodError, set: Record<string, string | undefined>) {
  const byName = new Map(error.issues.map((issue) => [String(issue.path[0]), issue.message]))
  return [...byName]
    .map(([name, message]) => {
      const wrong = name in set ? `is not valid: ${message}.` : 'is missing.'
      return `${name} ${wrong} ${variableDescriptions[name]}`
    })
    .join(' ')
}
