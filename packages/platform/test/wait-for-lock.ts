import type { Database } from '@galley/db/client'
import { expect } from 'vitest'

/** Until some transaction of this database waits for another one. */
export const waitForLock = ({ sql }: Pick<Database, 'sql'>) =>
  expect
    .poll(
      () => sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
      { timeout: 10_000 },
    )
    .not.toHaveLength(0)
