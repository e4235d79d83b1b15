import type { TestApp } from './app.ts'

/** Every row of every table as text, by `schema.table`: what a thief of the database would read. Tables without rows are left out. */
export function dumpDatabase({ asOperator }: TestApp['database']): Promise<Map<string, string>> {
  return asOperator(async (sql) => {
    const tables = await sql<{ statement: string }[]>`
      select format('select %L as name, to_jsonb(t)::text as row from %I.%I t',
        schemaname || '.' || tablename, schemaname, tablename) as statement
      from pg_tables where schemaname in ('public', 'pgboss', 'drizzle')
        and pg_relation_size(format('%I.%I', schemaname, tablename)::regclass) > 0`
    const text = tables.map(({ statement }) => statement).join(' union all ')
    const rows = await sql.unsafe<{ name: string; row: string }[]>(text)
    const byName = Map.groupBy(rows, ({ name }) => name)
    return new Map([...byName].map(([name, own]) => [name, own.map(({ row }) => row).join('\n')]))
  })
}
