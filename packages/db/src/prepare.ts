import postgres, { type Sql } from 'postgres'
import { retryContention } from './migrate-apply.ts'
import { LOCK_WAIT_MS, takeTurn } from './migrate-locks.ts'
import { migrate } from './migrate.ts'
import { requireSupportedVersion } from './migrate-state.ts'
import { setForRole } from './session-settings.ts'

interface Options {
  /** Of a role that may create roles and own the database's objects: the one of the operator. */
  migrationUrl: string
  /** What the server will run with; its role is made, or given this password. */
  appUrl: string
  /** The role that owns every table, without a login: `galley_owner`. */
  ownerRole?: string
  /** Whether the server connects through a pool: its role then brings the settings of its connections. */
  isPooled?: boolean
  /** How many migrations the database is to have: all unless set. */
  count?: number
}

// Held for the whole step; the migrations inside take one of their own.
const ADVISORY_LOCK = 7_305_841_222

/**
 * The migration step: two roles, the migrations, and the rights of the server's role. That role reads and writes rows,
 * only appends to the audit log (and has old entries taken away), owns nothing and changes no table (OWASP Database Security Cheat Sheet). With one role
 * for both addresses the migrations are all. Safe to repeat, and for two at once.
 */
export async function prepareDatabase(options: Options): Promise<{ applied: number }> {
  const { migrationUrl, appUrl, ownerRole = 'galley_owner', isPooled = false, count } = options
  const upTo = count === undefined ? {} : { count }
  const app = accountOf(appUrl)
  const isAlone = app.role === accountOf(migrationUrl).role
  if (isAlone && !isPooled) return migrate(migrationUrl, upTo)
  const sql = postgres(migrationUrl, {
    max: 1,
    max_lifetime: null,
    connect_timeout: 10,
    onnotice: () => {},
  })
  try {
    const version = await requireSupportedVersion(sql)
    if (isAlone) {
      await setForRole(sql, app.role)
      return await migrate(migrationUrl, upTo)
    }
    await takeTurn(sql, ADVISORY_LOCK)
    await sql`select set_config('lock_timeout', ${`${LOCK_WAIT_MS}ms`}, false)`
    await makeOwner(sql, ownerRole, version)
    await makeAppRole(sql, app)
    const migrated = await migrate(migrationUrl, { role: ownerRole, ...upTo })
    await grant(sql, app.role, ownerRole)
    if (isPooled) await retryConcurrent(() => setForRole(sql, app.role))
    return migrated
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function accountOf(url: string) {
  const { username, password } = new URL(url)
  return { role: decodeURIComponent(username), password: decodeURIComponent(password) }
}

async function makeOwner(sql: Sql, owner: string, version: number) {
  const [found] = await sql`select from pg_roles where rolname = ${owner}`
  if (!found) await sql`create role ${sql(owner)} nologin`.catch(ignoreDuplicate)
  // Before PostgreSQL 16 every member of a role may set it.
  const [right, options] =
    version < 160_000 ? ['member', sql``] : ['set', sql`with set true, inherit true`]
  const [member] = await sql`select pg_has_role(current_user, ${owner}, ${right}) as is`
  if (!member?.is) await sql`grant ${sql(owner)} to current_user ${options}`
  const [database] = await sql<{ name: string }[]>`select current_database() as name`
  await sql`grant create on database ${sql(database?.name ?? '')} to ${sql(owner)}`
  await sql`grant usage, create on schema public to ${sql(owner)}`
  // In databases made before PostgreSQL 15 everybody may create there.
  await sql`revoke create on schema public from public`
  await handOver(sql, owner)
}

/** What was made as the operator's own role, before there were two. */
async function handOver(sql: Sql, owner: string) {
  const statements = await sql<{ statement: string }[]>`
    with mine as (select oid, nspname from pg_namespace where nspname in ('public', 'drizzle', 'pgboss'))
    select format('alter schema %I owner to %I', nspname, ${owner}::text) as statement
      from pg_namespace where nspname in ('drizzle', 'pgboss') and nspowner = current_user::regrole
    union all
    select format('alter table %I.%I owner to %I', nspname, relname, ${owner}::text)
      from pg_class join mine on mine.oid = relnamespace
      where relkind in ('r', 'p') and relowner = current_user::regrole
    union all
    select format('alter function %s owner to %I', pg_proc.oid::regprocedure, ${owner}::text)
      from pg_proc join mine on mine.oid = pronamespace where proowner = current_user::regrole
    union all
    select format('alter type %I.%I owner to %I', nspname, typname, ${owner}::text)
      from pg_type join mine on mine.oid = typnamespace
      where typtype = 'e' and typowner = current_user::regrole`
  for (const { statement } of statements) {
    await retryContention(() => sql.unsafe(statement), 60_000)
  }
}

async function makeAppRole(sql: Sql, { role, password }: { role: string; password: string }) {
  const [found] = await sql`select from pg_roles where rolname = ${role}`
  if (!found) await sql`create role ${sql(role)} login`.catch(ignoreDuplicate)
  // Statements about roles take no parameters: the server itself quotes the value.
  const [quoted] = await sql<{ statement: string }[]>`
    select format('alter role %I login password %L', ${role}::text, ${password}::text) as statement`
  await retryConcurrent(() => sql.unsafe(quoted?.statement ?? ''))
}

async function grant(sql: Sql, role: string, owner: string) {
  await sql.begin(async (tx) => {
    await tx`select set_config('role', ${owner}, true)`
    for (const schema of ['public', 'pgboss']) {
      await tx`grant usage on schema ${tx(schema)} to ${tx(role)}`
      await tx`grant select, insert, update, delete on all tables in schema ${tx(schema)} to ${tx(role)}`
      // To read them is for backups.
      await tx`grant usage, select on all sequences in schema ${tx(schema)} to ${tx(role)}`
    }
    await tx`revoke update, delete on audit_log from ${tx(role)}`
    // The one that takes old entries of it away is not for everybody.
    await tx`grant execute on all functions in schema public to ${tx(role)}`
    // To see at start whether the migrations are complete.
    await tx`grant usage on schema drizzle to ${tx(role)}`
    await tx`grant select on all tables in schema drizzle to ${tx(role)}`
    await tx`grant select on all sequences in schema drizzle to ${tx(role)}`
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
