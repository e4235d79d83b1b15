import { createDb } from '@galley/db/client'
import { BootError } from './boot-error.ts'

type Rights = {
  superuser: boolean
  owns: boolean
  administers: boolean
  files: boolean
  rewrites: boolean
  creates: boolean
}

const advice =
  'Run pnpm migrate, and the server with the role that it makes (docs/operations.md, "First start").'

/**
 * Refuses to run with more rights than the server needs (OWASP Database Security Cheat Sheet): those of its role, and of each role
 * that it may become by `set role`, whether it inherits them or not. Throws BootError, which never names the role: it is part of
 * an address with a password.
 */
export async function checkRole(databaseUrl: string): Promise<void> {
  await using database = createDb(databaseUrl, { max: 1, applicationName: 'galley-role-check' })
  const [rights] = await database.sql<Rights[]>`
    select bool_or(rolsuper) as superuser,
      bool_or(exists (
        select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname in ('public', 'drizzle', 'pgboss') and relowner = role.oid
      )) as owns,
      bool_or(rolcreaterole or rolcreatedb or rolreplication or rolbypassrls) as administers,
      bool_or(rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')) as files,
      bool_or(has_table_privilege(role.oid, 'audit_log', 'update, delete, truncate')) as rewrites,
      bool_or(
        has_database_privilege(role.oid, current_database(), 'create')
        or has_schema_privilege(role.oid, 'public', 'create')
        or has_schema_privilege(role.oid, 'pgboss', 'create')
      ) as creates
    from pg_roles role where pg_has_role(session_user, role.oid, 'member')`
  const problem = rights && findProblem(rights)
  if (problem) throw new BootError(`DATABASE_URL: ${problem}. ${advice}`)
}

function findProblem(rights: Rights) {
  if (rights.superuser) return 'its role is a superuser, or may become one'
  if (rights.owns) return 'its role owns tables, or belongs to the role that does'
  if (rights.administers) {
    return 'its role may create roles or databases, replicate, or pass row security'
  }
  if (rights.files) return 'its role may read or write files, or run programs, of the machine'
  if (rights.rewrites) return 'its role may change the audit log'
  if (rights.creates) return 'its role may create tables or functions'
  return undefined
}
