/** A PostgreSQL 18 to test on, as a role that may create databases; an embedded one is started when it is not set. */
export const testDatabaseUrl = process.env.TEST_DATABASE_URL || undefined
