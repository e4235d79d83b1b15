import postgres, { type Sql } from 'postgres'
import { afterEach, beforeEach } from 'vitest'
import { useCluster } from './cluster.ts'

/** An empty database for each test, and a connection of its owner. */
export function useEmptyDatabase() {
  const cluster = useCluster()
  let databases = 0
  let url: string
  let sql: Sql
  beforeEach(async () => {
    url = await cluster.current.ensureDatabase(`migrate_${(databases += 1)}`)
    sql = postgres(url, { max: 1 })
  })
  afterEach(() => sql.end({ timeout: 1 }))
  return {
    get url() {
      return url
    },
    get sql() {
      return sql
    },
    async tables(): Promise<string[]> {
      const rows =
        await sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`
      return rows.map(({ name }) => name)
    },
  }
}
