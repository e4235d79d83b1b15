import type { TestApp } from './app.ts'

/** Every row of every table as text, by `schema.table`: what a thief of the database would read. */
export function dumpDatabase({ asOperator }: TestApp['database']): Promise<Map<string, string>> {
  return asOperator(async (sql) => {
    const tables = await sql<{ schema: string; name: string }[]>`
      select schemaname as schema, tablename as name from pg_tables
      where schemaname in ('public', 'pgboss', 'drizzle')`
    const dump = new Map<string, string>()
    for (const { schema, name } of tables) {
      const rows = await sql`select to_jsonb(t)::text as row from ${sql(schema)}.${sql(name)} t`
      dump.set(`${schema}.${name}`, rows.map(({ row }) => String(row)).join('\n'))
    }
    return dump
  })
}
