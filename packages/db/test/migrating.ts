import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import postgres from 'postgres'
import { expect } from 'vitest'
import type { useEmptyDatabase } from './empty-database.ts'

/** What happens beside a migration of this database. */
export function besideMigrations(database: ReturnType<typeof useEmptyDatabase>) {
  /** Waits until the migration is at such a statement. */
  async function migrating(query: string): Promise<void> {
    const active = () => database.sql`
      select from pg_stat_activity
      where application_name = 'galley migrate' and datname = current_database()
        and state = 'active' and query like ${query}`
    await expect.poll(active, { timeout: 5_000 }).toHaveLength(1)
  }

  return {
    migrating,

    /** A transaction of somebody else, which is open until it ends. */
    async openTransaction(statement: string) {
      const other = postgres(database.url, { max: 1 })
      const connection = await other.reserve()
      await connection`begin`
      await connection.unsafe(statement)
      const end = () => other.end({ timeout: 0 })
      return { end, [Symbol.asyncDispose]: end }
    },

    /** Migrates in a process of its own, which is killed in the middle of such a statement. */
    async killedWhile(query: string, folder: string, reached?: () => Promise<unknown>) {
      const program = fileURLToPath(new URL('migrate-process.ts', import.meta.url))
      const child = spawn(process.execPath, [program, database.url, folder], { stdio: 'inherit' })
      await migrating(query)
      await reached?.()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
