import type { Db, Tx } from '@galley/db/client'
import { transaction } from '@galley/db/transaction'
import { sql } from 'drizzle-orm'
import type { AttemptLog } from './attempt.ts'

const LOOK_MS = 10_000

/** More than transactions take that read the time when they begin. */
const MARGIN = sql`interval '5 seconds'`

/**
 * Looks every 10 s whether the database's clock has gone back. What pg-boss wrote down before is then to come, and without this its
 * timetable and its watch over workers would rest, and jobs wait, for as long as the clock went back.
 */
export function watchClock(db: Db, log: AttemptLog) {
  let looking: Promise<unknown> = Promise.resolve()
  const look = () => {
    // Workers that fetch jobs log an outage.
    looking = bringToNow(db, log).catch(() => {})
  }
  const timer = setInterval(look, LOOK_MS)
  look()
  return {
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}

async function bringToNow(db: Db, log: AttemptLog): Promise<void> {
  const [found] = await db.execute<{ isBack: boolean }>(sql`
    select exists (select from pgboss.version where cron_on > now() + ${MARGIN})
      or exists (select from pgboss.queue where greatest(monitor_claim_on, monitor_on) > now() + ${MARGIN})
      or exists (select from pgboss.job where state < 'active' and not blocked
        and start_after > now() and greatest(created_on, started_on) > now() + ${MARGIN}) as "isBack"`)
  if (!found?.isBack) return
  await transaction(db, async (tx) => {
    for (const statement of statements) await tx.execute(statement)
  })
  log.warn({}, 'the clock of the database went back')
}

/** Columns that are null stay so. */
const statements: Parameters<Tx['execute']>[0][] = [
  sql`update pgboss.version set cron_on = least(cron_on, now()), bam_on = least(bam_on, now()),
    flow_on = least(flow_on, now()), monitor_backoff_on = least(monitor_backoff_on, now())
    where cron_on > now()`,
  sql`update pgboss.queue set monitor_claim_on = least(monitor_claim_on, now()),
    monitor_on = least(monitor_on, now()), maintain_on = least(maintain_on, now())
    where greatest(monitor_claim_on, monitor_on, maintain_on) > now()`,
  // What was to be done at once, or at another try. What was left for a time stays with it.
  sql`update pgboss.job set start_after = now(), created_on = least(created_on, now())
    where start_after > now() and greatest(created_on, started_on) > now()
      and (state = 'retry' or state = 'created' and start_after <= created_on)`,
  // A worker that lives refreshes its own.
  sql`update pgboss.job set started_on = least(started_on, now()), heartbeat_on = least(heartbeat_on, now())
    where state = 'active' and greatest(started_on, heartbeat_on) > now()`,
]
