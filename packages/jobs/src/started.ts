import type { Queryable } from '@galley/db/client'
import type { PgBoss } from 'pg-boss'

/** How pg-boss takes part in a transaction. It is loaded at the first use: many a process leaves no job. */
export async function inTransaction(tx: Queryable) {
  const boss = await import('./boss.ts')
  return boss.inTransaction(tx)
}

/** Starts on first use; after a failure, such as an unreachable database, again on the next. Each is told of as it is made. */
export function createStarted(create: () => Promise<PgBoss>, onOpened: (boss: PgBoss) => void) {
  let starting: Promise<PgBoss> | undefined
  return {
    started(): Promise<PgBoss> {
      if (starting) return starting
      starting = start(create(), onOpened)
      starting.catch(() => (starting = undefined))
      return starting
    },
    async stop() {
      const boss = await starting?.catch(() => undefined)
      await boss?.stop({ graceful: false })
    },
  }
}

async function start(created: Promise<PgBoss>, onOpened: (boss: PgBoss) => void) {
  const boss = await created
  onOpened(boss)
  // Calls report their own failures; this is what its timers meet.
  boss.on('error', () => {})
  try {
    return await boss.start()
  } catch (error) {
    void boss.stop({ graceful: false })
    throw error
  }
}
