import { createDb, type Database } from '@galley/db/client'
import { checkMigrations } from '@galley/db/migrate'
import { findMissingSettings } from '@galley/db/session-settings'
import { BootError } from './boot-error.ts'
import type { Env } from './env.ts'
import { checkRole } from './role-check.ts'

type DatabaseEnv = Pick<Env, 'NODE_ENV' | 'DATABASE_URL' | 'DATABASE_DIRECT_URL'>

/** Refuses to start on a database that lacks something: migrations, limits behind a pool; in production, a role of few rights. */
export async function checkDatabase(env: DatabaseEnv): Promise<void> {
  const directUrl = env.DATABASE_DIRECT_URL ?? env.DATABASE_URL
  await checkMigrations(directUrl)
  if (env.DATABASE_DIRECT_URL !== undefined) await checkPool(env.DATABASE_URL, directUrl)
  if (env.NODE_ENV === 'production') await checkRole(directUrl)
}

/** A pool leads to the same server, database and role, and its connections have the limits of Galley. */
async function checkPool(url: string, directUrl: string) {
  const options = { max: 1, applicationName: 'galley-pool-check' }
  await using pooled = createDb(url, { ...options, directUrl })
  await using direct = createDb(directUrl, options)
  const [through, past] = await Promise.all([placeOf(pooled), placeOf(direct)])
  if (through !== past) {
    throw new BootError(
      'DATABASE_URL and DATABASE_DIRECT_URL lead to different databases, or with different roles.',
    )
  }
  const missing = await findMissingSettings(pooled.sql)
  if (missing.length > 0) {
    throw new BootError(
      `DATABASE_URL leads through a pool whose connections lack ${missing.join(', ')}: run pnpm migrate with DATABASE_DIRECT_URL set, then have the pool connect again.`,
    )
  }
}

async function placeOf({ sql }: Database): Promise<string | undefined> {
  const [place] = await sql<{ name: string }[]>`
    select concat_ws(' ', pg_postmaster_start_time(), current_database(), session_user) as name`
  return place?.name
}
