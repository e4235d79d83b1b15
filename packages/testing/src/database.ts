import { randomBytes } from 'node:crypto'
import { createDb, type Database } from '@galley/db/client'
import { afterAll, beforeAll, inject } from 'vitest'
import { administer, databaseUrl } from './server.ts'

/** A migrated, empty database of one's own. */
export interface TestDatabase extends AsyncDisposable, Pick<Database, 'db' | 'sql' | 'listen'> {
  url: string
  /** The same database as the operator, who may do anything. */
  adminUrl: string
  /** Does what the server may not: change tables. */
  asOperator: <Result>(work: (sql: Database['sql']) => Promise<Result>) => Promise<Result>
  /** Every statement that Drizzle sent through `db`, in order, without values. Set its length to 0 to start over. */
  statements: string[]
}

/** Clones the template of the run; disposing drops the clone, open connections included. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { adminUrl, appUrl, template, prefix, strategy } = inject('postgres')
  const name = `${prefix}${randomBytes(6).toString('hex')}`
  await administer(
    adminUrl,
    (sql) => sql`create database ${sql(name)} template ${sql(template)} strategy ${sql(strategy)}`,
  )
  const url = databaseUrl(appUrl, name)
  const statements: string[] = []
  const { db, sql, listen, close } = createDb(url, {
    max: 5,
    onQuery: (statement) => statements.push(statement),
  })
  return {
    url,
    adminUrl: databaseUrl(adminUrl, name),
    db,
    sql,
    listen,
    statements,
    asOperator: (work) => administer(databaseUrl(adminUrl, name), work),
    async [Symbol.asyncDispose]() {
      await close(1)
      await administer(adminUrl, (admin) => admin`drop database ${admin(name)} with (force)`)
    },
  }
}

/** A database with nothing in it, on the same server and for the same roles. */
export interface EmptyDatabase
  extends AsyncDisposable, Pick<TestDatabase, 'url' | 'adminUrl' | 'asOperator'> {
  /** The role that owns the tables of the run. */
  ownerRole: string
}

/** For what makes the tables by itself. Disposing drops it. */
export async function createEmptyDatabase(): Promise<EmptyDatabase> {
  const { adminUrl, appUrl, prefix } = inject('postgres')
  const name = `${prefix}${randomBytes(6).toString('hex')}`
  await administer(adminUrl, (sql) => sql`create database ${sql(name)}`)
  return {
    url: databaseUrl(appUrl, name),
    adminUrl: databaseUrl(adminUrl, name),
    ownerRole: `${prefix}owner`,
    asOperator: (work) => administer(databaseUrl(adminUrl, name), work),
    async [Symbol.asyncDispose]() {
      await administer(adminUrl, (sql) => sql`drop database ${sql(name)} with (force)`)
    },
  }
}

/** One clone for the tests of a file, or of a `describe`: read its parts inside tests and hooks. */
export function useTestDatabase(): Readonly<Omit<TestDatabase, typeof Symbol.asyncDispose>> {
  let database: TestDatabase | undefined
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database?.[Symbol.asyncDispose]())
  const current = () => {
    if (!database) throw new Error('The test database is only there while tests and hooks run')
    return database
  }
  return {
    get url() {
      return current().url
    },
    get adminUrl() {
      return current().adminUrl
    },
    get asOperator() {
      return current().asOperator
    },
    get db() {
      return current().db
    },
    get sql() {
      return current().sql
    },
    get listen() {
      return current().listen
    },
    get statements() {
      return current().statements
    },
  }
}
