import type { Sql } from 'postgres'
import { expect } from 'vitest'

/** Ends the server's side of a connection as soon as it has this query as its latest. */
export async function terminate(admin: Sql, applicationName: string, query = 'select pg_sleep%') {
  await expect
    .poll(
      () => admin`
        select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = ${applicationName} and query like ${query}`,
    )
    .not.toHaveLength(0)
}
