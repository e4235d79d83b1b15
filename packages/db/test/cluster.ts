import { randomBytes } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { afterAll, beforeAll } from 'vitest'
import { startCluster, type Cluster } from '@galley/embedded-postgres'
import { temporaryFolder } from '@galley/embedded-postgres/files'

type Server = Pick<Cluster, 'url' | 'ensureDatabase'> & { stop(): Promise<void> }

/**
 * One PostgreSQL for the tests of a file: an embedded one, thrown away in the end, or that of `TEST_DATABASE_URL`, on which all
 * databases, and roles named after them, are dropped.
 */
export function useCluster(): { readonly current: Server } {
  let server: Server | undefined
  beforeAll(async () => {
    const given = process.env['TEST_DATABASE_URL']
    server = given ? await useGiven(given) : await startEmbedded()
  })
  afterAll(() => server?.stop())
  return {
    get current() {
      if (!server) throw new Error('The server is only there while tests run')
      return server
    },
  }
}

async function startEmbedded(): Promise<Server> {
  const folder = temporaryFolder()
  const cluster = await startCluster({ dataDir: folder.at('pg'), durable: false })
  const stop = async () => {
    await cluster.stop()
    folder[Symbol.dispose]()
  }
  return { url: cluster.url, ensureDatabase: cluster.ensureDatabase, stop }
}

async function useGiven(adminUrl: string): Promise<Server> {
  const prefix = `galley_db_${randomBytes(4).toString('hex')}_`
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} })
  const urlOf = (name = 'default') =>
    Object.assign(new URL(adminUrl), { pathname: `/${prefix}${name}` }).href
  const ensureDatabase = async (name: string) => {
    await admin`create database ${admin(prefix + name)}`
    return urlOf(name)
  }
  const stop = async () => {
    await dropAll(admin, prefix)
    await admin.end({ timeout: 5 })
  }
  await ensureDatabase('default')
  return { url: urlOf, ensureDatabase, stop }
}

async function dropAll(sql: Sql, prefix: string) {
  const databases = await sql`select datname from pg_database where starts_with(datname, ${prefix})`
  for (const { datname } of databases) await sql`drop database ${sql(datname)} with (force)`
  const roles = await sql`select rolname from pg_roles where starts_with(rolname, ${prefix})`
  for (const { rolname } of roles) await sql`drop role ${sql(rolname)}`
}
