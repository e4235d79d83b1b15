import type { Sql } from 'postgres'

/** The server ends a statement after so long, in milliseconds. */
export const STATEMENT_TIMEOUT_MS = 5_000

/** Set on each connection, since the defaults of PostgreSQL are for reports and for spinning disks. */
export const PLANNER_SETTINGS = {
  // A prepared page of a list is taken for a report, as its length is not known beforehand.
  jit: false,
  max_parallel_workers_per_gather: 0,
  // By the default of 4 a table of some hundred rows is read as a whole for each row that refers to it.
  random_page_cost: 1.1,
}

/** What a connection begins with. */
export const sessionSettings = (statementTimeoutMs = STATEMENT_TIMEOUT_MS) => ({
  statement_timeout: statementTimeoutMs,
  lock_timeout: 3_000,
  idle_in_transaction_session_timeout: 10_000,
  ...PLANNER_SETTINGS,
})

/**
 * Makes them those of a role in this database: a pool in front of PostgreSQL takes no settings from who connects to it. Who connects past
 * the pool may still choose others.
 */
export async function setForRole(sql: Sql, role: string): Promise<void> {
  for (const [name, value] of Object.entries(sessionSettings())) {
    const [statement] = await sql<{ text: string }[]>`
      select format('alter role %I in database %I set %I = %L',
        ${role}::text, current_database(), ${name}::text, ${String(value)}::text) as text`
    await sql.unsafe(statement?.text ?? '')
  }
}

/** The names of those that connections through `sql` do not begin with. */
export async function findMissingSettings(sql: Sql): Promise<string[]> {
  const wanted = Object.entries(sessionSettings()).map(([name, value]) => [
    name,
    value === false ? 'off' : String(value),
  ])
  const found = await sql<{ name: string; setting: string }[]>`
    select name, setting from pg_settings where name = any(${Object.keys(sessionSettings())})`
  const settings = new Map(found.map(({ name, setting }) => [name, setting]))
  return wanted.flatMap(([name = '', value]) => (settings.get(name) === value ? [] : [name]))
}
