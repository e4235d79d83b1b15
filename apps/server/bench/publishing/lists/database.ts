import { readFileSync } from 'node:fs'
import { createDb, type Database } from '@galley/db/client'
import { migrate } from '@galley/db/migrate'
import type { Cluster } from '@galley/embedded-postgres'
import { RENDER_VERSION } from '@galley/markdown/renderer'

const content = readFileSync(new URL('content.sql', import.meta.url), 'utf8')

/** A database with so many articles; what is not as the triggers and migrations have it is an error. */
export async function fillDatabase(cluster: Cluster, articles: number): Promise<string> {
  const name = `lists_${articles}`
  const url = await cluster.ensureDatabase(name)
  await migrate(url)
  await using database = createDb(url, { max: 1, statementTimeoutMs: 0, silenceTimeoutMs: 0 })
  const { sql } = database
  const [row] = await sql`select exists (select from articles) as filled`
  if (!row?.filled) await fill(sql, articles)
  const [{ repaired } = { repaired: -1 }] = await sql<{ repaired: number }[]>`
    select repaired from repair_article_counts(null, 1000)`
  if (repaired !== 0) throw new Error(`${repaired} of the first articles have wrong counts`)
  return url
}

/** So many articles and what lists need of others, in a database without any, by a role that may leave triggers out. */
export async function fill(sql: Database['sql'], articles: number) {
  const text = content
    .replaceAll(':articles', String(articles))
    .replaceAll(':render_version', String(RENDER_VERSION))
  await sql.unsafe(`begin; ${text}; commit`)
  await sql`vacuum (analyze)`
}
