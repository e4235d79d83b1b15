import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { BootError } from './boot-error.ts'
import { withFiles, withoutFilesOf } from './env/files.ts'
import { EncryptionKeys } from './env/secrets.ts'
import { isDecodable, Origin, OriginList, ProxyList, UNDECODABLE } from './env/addresses.ts'
import { backupProblems, backupVariables } from './env/backups.ts'
import { databasesWithTls, databaseVariables } from './env/database.ts'
import { loadVariables } from './env/load.ts'
import { mailVariables } from './env/mail.ts'
import { mediaProblems, mediaVariables } from './env/media.ts'
import { int } from './env/numbers.ts'
import { processVariables } from './env/processes.ts'
import { productionProblems } from './env/production.ts'
import { providerProblems, providerVariables } from './env/providers.ts'
import { signInVariables } from './env/sign-in.ts'
import { siteVariables } from './env/site.ts'
import { tracingVariables } from './env/tracing.ts'

const between = (least: number, value: number, most: number) =>
  Math.min(most, Math.max(least, value))

/** Every variable that the server reads; `.env.example` says the same, and a test holds the two together. */
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
  ...databaseVariables,
  ENCRYPTION_KEYS: EncryptionKeys.describe(
    'Keys for secrets at rest, id:key separated by commas, each key 32 random bytes in base64. The first encrypts, all decrypt. Needed in production; pnpm dev makes one.',
  ),
  ...siteVariables,
  ...mailVariables,
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
    .refine(isDecodable, UNDECODABLE)
    .optional()
    .describe(
      'Where limits are counted instead of in the database, and public answers kept for all processes, redis://user:password@host:6379 or rediss://. In production rediss:// unless it is on this machine or the address ends in ?tls=off. The database stands in while it does not answer.',
    ),
  ...loadVariables,
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
  ...signInVariables,
  ...processVariables,
  ...tracingVariables,
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

/**
 * The same for what an operator runs by hand: passwords of production go to its databases whatever NODE_ENV says, so that
 * connections use TLS as in production. Throws BootError.
 */
export function readOperatorEnv(): Env {
  const env = readEnv()
  return env.NODE_ENV === 'production' ? env : databasesWithTls(env)
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
    ...(isProduction ? productionProblems(env, variableDescriptions) : []),
  ]
  if (problems.length > 0) throw new BootError(problems.join(' '))
  return {
    ...(isProduction ? databasesWithTls(env) : env),
    API_PORT: env.API_PORT ?? 3001,
    PUBLIC_ORIGIN: env.PUBLIC_ORIGIN ?? `http://localhost:${env.PORT}`,
    DATABASE_POOL_MAX: env.DATABASE_POOL_MAX ?? between(5, 2 * cores + 1, 10),
    WEB_CONCURRENCY: env.WEB_CONCURRENCY ?? (isProduction ? between(1, cores - 1, 4) : 1),
    SHUTDOWN_DRAIN_MS: env.SHUTDOWN_DRAIN_MS ?? (isProduction ? 1000 : 0),
  }
}

// `NAME=` in a .env file says that NAME is not set, and so do spaces alone.
const withoutEmpty = (source: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim() !== ''))

function describe(error: z.ZodError, set: Record<string, string | undefined>) {
  const byName = new Map(error.issues.map((issue) => [String(issue.path[0]), issue.message]))
  return [...byName]
    .map(([name, message]) => {
      const wrong = name in set ? `is not valid: ${message}.` : 'is missing.'
      return `${name} ${wrong} ${variableDescriptions[name]}`
    })
    .join(' ')
}
