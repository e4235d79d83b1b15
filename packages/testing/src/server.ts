import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { prepareDatabase } from '@galley/db/prepare'

/** The PostgreSQL that the tests of a run share. */
export interface TestServer {
  /** Of a database from which others can be created. */
  adminUrl: string
  /** The same as the role that the server runs with: least privilege holds in every test. */
  appUrl: string
  /** A migrated database to clone. */
  template: string
  /** What the names of all databases of this run begin with. */
  prefix: string
  /** How the template is cloned. */
  strategy: Strategy
}

/** By its blocks, which are written twice, or by its files, which needs a checkpoint: quick where these are in memory. */
export type Strategy = 'wal_log' | 'file_copy'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestServer
  }
}

export async function prepareServer(
  adminUrl: string,
  strategy: Strategy = 'wal_log',
): Promise<TestServer> {
  const prefix = `galley_test_${randomBytes(4).toString('hex')}_`
  const template = `${prefix}template`
  const appUrl = Object.assign(new URL(adminUrl), {
    username: `${prefix}app`,
    password: randomBytes(12).toString('hex'),
  }).href
  await administer(adminUrl, async (sql) => {
    await sql`create database ${sql(template)}`
    await prepareDatabase({
      migrationUrl: databaseUrl(adminUrl, template),
      appUrl: databaseUrl(appUrl, template),
      ownerRole: `${prefix}owner`,
    })
    // PostgreSQL does not clone a database that somebody, autovacuum included, is connected to.
    await sql`alter database ${sql(template)} with allow_connections false`
  })
  return { adminUrl, appUrl, template, prefix, strategy }
}

/** Drops what the run created, also what a crashed test left: databases, then the roles that they knew. */
export async function clearServer({ adminUrl, prefix }: TestServer): Promise<void> {
  await administer(adminUrl, async (sql) => {
    const databases =
      await sql`select datname from pg_database where starts_with(datname, ${prefix})`
    for (const { datname } of databases) await sql`drop database ${sql(datname)} with (force)`
    const roles = await sql`select rolname from pg_roles where starts_with(rolname, ${prefix})`
    for (const { rolname } of roles) await sql`drop role ${sql(rolname)}`
  })
}

export async function administer<Result>(
  adminUrl: string,
  work: (sql: postgres.Sql) => Promise<Result>,
): Promise<Result> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

export function databaseUrl(adminUrl: string, database: string): string {
  return Object.assign(new URL(adminUrl), { pathname: `/${database}` }).href
}
