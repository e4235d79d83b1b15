import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import type { Growth } from './growth/growth.ts'
import { platformGrowth } from './growth/platform/tables.ts'
import { publishingGrowth } from './growth/publishing/tables.ts' // publishing
import * as schema from './schema/index.ts'

/** How each table of the schema grows, by its name in the code. */
export const growth: Readonly<Record<string, Growth>> = {
  ...platformGrowth,
  ...publishingGrowth, // publishing
}

/** The names that tables with many rows have in the database. The queue's own are in the schema `pgboss`, and swept by it. */
export const growingTables: ReadonlySet<string> = new Set(
  Object.entries<unknown>(schema).flatMap(([name, table]) =>
    is(table, PgTable) && !('few' in (growth[name] ?? {})) ? [getTableName(table)] : [],
  ),
)
