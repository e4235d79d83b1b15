import { createDb } from '@galley/db/client'
import { BootError } from './boot-error.ts'

type Rights = { superuser: boolean; creates: boolean; owns: boolean; rewrites: boolean }

const advice = 'Run pnpm migrate, and the server with the role that it makes (docs/security.md).'

/**
 * Refuses to run with more rights than the server needs (OWASP Database Security Cheat Sheet). Throws BootError, which
 * never names the role: it is part of an address with a password.
 */
export async function checkRole(databaseUrl: string): Promise<void> {
  await using database = createDb(databaseUrl, { max: 1, applicationName: 'galley-role-check' })
  const [rights] = await database.sql<Rights[]>`
    select rolsuper as superuser,
      rolcreaterole or rolcreatedb as creates,
      exists (
        select from pg_class join pg_namespace on pg_namespace.oid = relnamespace
        where nspname in ('public', 'drizzle', 'pgboss') and pg_has_role(relowner, 'usage')
      ) as owns,
      has_table_privilege('audit_log', 'update, delete, truncate') as rewrites
    from pg_roles where rolname = current_user`
  const problem = rights && findProblem(rights)
  if (problem) throw new BootError(`DATABASE_URL: ${problem}. ${advice}`)
}

function findProblem({ superuser, creates, owns, rewrites }: Rights) {
  if (superuser) return 'its role is a superuser'
  if (owns) return 'its role owns tables, or belongs to the role that does'
  if (creates) return 'its role may create roles or databases'
  if (rewrites) return 'its role may change the audit log'
  return undefined
}
