import postgres, { type Sql } from 'postgres'
import { migrate } from './migrate.ts'

interface Options {
  /** Of a role that may create roles and own the database's objects: the one of the operator. */
  migrationUrl: string
  /** What the server will run with; its role is made, or given this password. */
  appUrl: string
  /** The role that owns every table, without a login: `galley_owner`. */
  ownerRole?: string
}

/**
 * The migration step: two roles, the migrations, and the rights of the server's role. That role reads and writes rows,
 * only appends to the audit log, owns nothing and changes no table (OWASP Database Security Cheat Sheet). With one role
 * for both addresses the migrations are all. Safe to repeat, and for two at once.
 */
export async function prepareDatabase(options: Options): Promise<{ applied: number }> {
  const { migrationUrl, appUrl, ownerRole = 'galley_owner' } = options
  const app = accountOf(appUrl)
  if (app.role === accountOf(migrationUrl).role) return migrate(migrationUrl)
  const sql = postgres(migrationUrl, { max: 1, connect_timeout: 10, onnotice: () => {} })
  try {
    await makeOwner(sql, ownerRole)
    await makeAppRole(sql, app)
    const migrated = await migrate(migrationUrl, { role: ownerRole })
    await grant(sql, app.role, ownerRole)
    return migrated
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function accountOf(url: string) {
  const { username, password } = new URL(url)
  return { role: decodeURIComponent(username), password: decodeURIComponent(password) }
}

async function makeOwner(sql: Sql, owner: string) {
  const [found] = await sql`select from pg_roles where rolname = ${owner}`
  if (!found) await sql`create role ${sql(owner)} nologin`.catch(ignoreDuplicate)
  const [member] = await sql`select pg_has_role(current_user, ${owner}, 'set') as is`
  if (!member?.is) await sql`grant ${sql(owner)} to current_user with set true, inherit true`
  const [database] = await sql<{ name: string }[]>`select current_database() as name`
  await sql`grant create on database ${sql(database?.name ?? '')} to ${sql(owner)}`
  await sql`grant usage, create on schema public to ${sql(owner)}`
  await handOver(sql, owner)
}

/** What an earlier version made as the operator's own role. */
async function handOver(sql: Sql, owner: string) {
  const tables = await sql<{ schema: string; name: string }[]>`
    select schemaname as schema, tablename as name from pg_tables
    where schemaname in ('public', 'drizzle') and tableowner = current_user and tableowner <> ${owner}`
  for (const { schema, name } of tables) {
    await sql`alter table ${sql(schema)}.${sql(name)} owner to ${sql(owner)}`
  }
  const [drizzle] = await sql`
    select from pg_namespace where nspname = 'drizzle' and nspowner = current_user::regrole`
  if (drizzle) await sql`alter schema drizzle owner to ${sql(owner)}`
}

async function makeAppRole(sql: Sql, { role, password }: { role: string; password: string }) {
  const [found] = await sql`select from pg_roles where rolname = ${role}`
  if (!found) await sql`create role ${sql(role)} login`.catch(ignoreDuplicate)
  // Statements about roles take no parameters: the server itself quotes the value.
  const [quoted] = await sql<{ statement: string }[]>`
    select format('alter role %I login nosuperuser nocreatedb nocreaterole password %L', ${role}::text, ${password}::text) as statement`
  await retryConcurrent(() => sql.unsafe(quoted?.statement ?? ''))
}

async function grant(sql: Sql, role: string, owner: string) {
  await sql.begin(async (tx) => {
    await tx`select set_config('role', ${owner}, true)`
    for (const schema of ['public', 'pgboss']) {
      await tx`grant usage on schema ${tx(schema)} to ${tx(role)}`
      await tx`grant select, insert, update, delete on all tables in schema ${tx(schema)} to ${tx(role)}`
      await tx`grant usage on all sequences in schema ${tx(schema)} to ${tx(role)}`
    }
    await tx`revoke update, delete on audit_log from ${tx(role)}`
    // To see at start whether the migrations are complete.
    await tx`grant usage on schema drizzle to ${tx(role)}`
    await tx`grant select on all tables in schema drizzle to ${tx(role)}`
  })
}

// Two steps at once, perhaps in two databases of one server, meet in the tables of roles.
async function retryConcurrent(work: () => Promise<unknown>) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work()
    } catch (error) {
      const isConcurrent = error instanceof Error && /concurrently updated/.test(error.message)
      if (!isConcurrent || tries >= 5) throw error
    }
  }
}

function ignoreDuplicate(error: unknown): void {
  const duplicate = ['42710', '23505']
  if (!(error instanceof postgres.PostgresError && duplicate.includes(error.code))) throw error
}
