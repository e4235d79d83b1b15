import type { TestServer } from './server.ts'

/** A PostgreSQL (15 to 18) to test on, as a role that may create databases; an embedded one is started when it is not set. */
export const testDatabaseUrl = process.env.TEST_DATABASE_URL || undefined

/** A Redis to test with; where it is not set a `redis-server` on the PATH is started. */
export const testRedisUrl = process.env.TEST_REDIS_URL || undefined

/** A server that speaks S3, `https://key:secret@host?region=eu-1`, to make buckets for the tests on, beside the one of the tests. */
export const testS3Url = process.env.TEST_S3_URL || undefined

/** Set by `pnpm test` for the workspaces that it tests: the PostgreSQL that they share. */
export const sharedTestServer: TestServer | undefined =
  process.env.TEST_SERVER && JSON.parse(process.env.TEST_SERVER)

/** Where programs are looked for. */
export const searchPath = process.env.PATH ?? ''

/** Whether this is CI, which has all that tests need: what would be skipped elsewhere fails there. */
export const isCi = Boolean(process.env.CI)
