/** A PostgreSQL (15 to 18) to test on, as a role that may create databases; an embedded one is started when it is not set. */
export const testDatabaseUrl = process.env.TEST_DATABASE_URL || undefined

/** A Redis to test with; where it is not set a `redis-server` on the PATH is started. */
export const testRedisUrl = process.env.TEST_REDIS_URL || undefined

/** Where programs are looked for. */
export const searchPath = process.env.PATH ?? ''
