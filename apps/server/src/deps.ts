import { createLuciaSessions } from '@galley/auth/lucia'
import { createOneTimeTokens } from '@galley/auth/one-time-tokens'
import { createPasswordHasher } from '@galley/auth/passwords'
import { createSecretBox } from '@galley/auth/secret-box'
import { createMemoryThrottle } from '@galley/auth/throttle'
import type { AppDeps } from '@galley/core/ctx'
import { createDb } from '@galley/db/client'
import { createMarkdownRenderer } from '@galley/markdown/renderer'
import type { Env } from './env.ts'
import { createMemoryRateLimiter, type RateLimiter } from './rate-limiter.ts'

export type Deps = AsyncDisposable & {
  /** What the domain works with. */
  domain: AppDeps
  rateLimiter: RateLimiter
  /** Resolves when the database answers in time, rejects otherwise. */
  pingDatabase(timeoutMs: number): Promise<void>
}

const CLOSE_SECONDS = 2

/** Chooses every adapter of this process. Opens no connection before the first query. */
export function createDeps(
  env: Pick<
    Env,
    | 'DATABASE_URL'
    | 'DATABASE_POOL_MAX'
    | 'ENCRYPTION_KEYS'
    | 'PUBLIC_ORIGIN'
    | 'RATE_LIMIT_PER_MINUTE'
    | 'SITE_NAME'
  >,
): Deps {
  const database = createDb(env.DATABASE_URL, {
    max: env.DATABASE_POOL_MAX,
    applicationName: 'galley-server',
  })
  const markdown = createMarkdownRenderer()
  return {
    domain: {
      db: database.db,
      sessions: createLuciaSessions(database.db),
      passwords: createPasswordHasher(),
      signInThrottle: createMemoryThrottle(),
      oneTimeTokens: createOneTimeTokens(),
      secretBox: createSecretBox(env.ENCRYPTION_KEYS),
      jobs: { enqueue: async () => null },
      mailer: { send: async () => {} },
      markdown,
      site: { name: env.SITE_NAME, origin: env.PUBLIC_ORIGIN },
    },
    rateLimiter: createMemoryRateLimiter(env.RATE_LIMIT_PER_MINUTE),
    pingDatabase: database.ping,
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([markdown.close(), database.close(CLOSE_SECONDS)])
    },
  }
}
