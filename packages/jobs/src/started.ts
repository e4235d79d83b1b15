import type { Queryable } from '@galley/db/client'
import type { PgBoss } from 'pg-boss'

/** How pg-boss takes part in a transaction. It is loaded at the first use: many a process leaves no job. */
export async function inTransaction(tx: Queryable) {
  const boss = await import('./boss.ts')
  return boss.inTransaction(tx)
}

/** Starts on first use; after a failure, such as an unreachable database, again on the next. */
export function createStarted(create: () => Promise<PgBoss>) {
  let starting: Promise<PgBoss> | undefined
  return {
    started(): Promise<PgBoss> {
      if (starting) return starting
      starting = start(create())
      starting.catch(() => (starting = undefined))
      return starting
    },
    async stop() {
      const boss = await starting?.catch(() => undefined)
      await boss?.stop({ graceful: false })
    },
  }
}

async function start(created: Promise<PgBoss>) {
  const boss = await created
  // Calls report their own failures; this is what its timers meet.
  boss.on('error', () => {})
  try {
    return await boss.start()
  } catch (error) {
    void boss.stop({ graceful: false })
    throw error
  }
}
