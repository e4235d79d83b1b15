import type { Tx } from '@galley/db/client'
import { notificationDigests, notifications, notificationZones } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, eq, exists, inArray, lt, not, sql } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'
import { enqueueEmail, MAX_NOTIFICATIONS } from '../mail/enqueue-email.ts'
import { isToMail } from './send.ts'

/** Every quarter of an hour, since somewhere it is morning then. */
export const sendDigests: JobDefinition<Record<string, never>> = {
  name: 'notifications.send-digests',
  payload: z.strictObject({}),
  cron: '*/15 * * * *',
  timeoutSeconds: 10 * 60,
}

/** When the digests of a day, and on Mondays those of a week, are made where the person is. */
const MORNING_HOUR = 7

const BATCH = 100

type Rhythm = 'daily' | 'weekly'

/** The last morning of a zone: what came before it is in its digest. `day` names the period. */
type Morning = { zone: string; at: Date; day: string }

/**
 * Makes the digests of the last morning that are still missing, once for each person and period, however many workers do
 * so. One that was missed is made up for until the next morning comes.
 */
export async function enqueueDigests(ctx: Ctx): Promise<void> {
  for (const rhythm of ['daily', 'weekly'] as const) {
    for (const morning of await lastMornings(ctx, rhythm)) {
      while ((await enqueueBatch(ctx, rhythm, morning)) === BATCH);
    }
  }
}

const zone = sql<string>`coalesce(${notificationZones.timeZone}, 'UTC')`

/** By zone in which something waits. One that this database does not know has its mornings in UTC. */
async function lastMornings(ctx: Ctx, rhythm: Rhythm): Promise<Morning[]> {
  const waiting = ctx.db
    .selectDistinct({ zone: zone.as('zone') })
    .from(notifications)
    .leftJoin(notificationZones, eq(notificationZones.userId, notifications.userId))
    .where(isToMail(rhythm))
  const rows = await ctx.db.execute<{ zone: string; at: string; day: string }>(sql`
    select waiting.zone, to_json(morning at time zone known) #>> '{}' as at, morning::date::text as day
    from ${waiting.as('waiting')}
    left join pg_timezone_names on lower(name) = lower(waiting.zone)
    cross join lateral (select coalesce(name, 'UTC') as known) as zone
    cross join lateral (select date_trunc(${rhythm === 'daily' ? 'day' : 'week'},
      (${ctx.now().toISOString()}::timestamptz at time zone known) - make_interval(hours => ${MORNING_HOUR}))
      + make_interval(hours => ${MORNING_HOUR}) as morning) as last`)
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}

function enqueueBatch(ctx: Ctx, rhythm: Rhythm, morning: Morning): Promise<number> {
  return transact(ctx, async (tx) => {
    const userIds = await claim(ctx, tx, rhythm, morning)
    if (userIds.length === 0) return 0
    const rows = await tx
      .update(notifications)
      .set({ mailedAt: ctx.now() })
      .where(
        and(
          inArray(notifications.userId, userIds),
          isToMail(rhythm),
          lt(notifications.createdAt, morning.at),
        ),
      )
      .returning({ id: notifications.id, userId: notifications.userId })
    for (const [userId, group] of Map.groupBy(rows, (row) => row.userId)) {
      // UUIDv7: the last ones are the newest.
      const newest = group
        .map(({ id }) => id)
        .toSorted()
        .slice(-MAX_NOTIFICATIONS)
      await enqueueEmail(ctx, tx, {
        letter: 'notifications',
        userId,
        about: rhythm,
        notificationIds: newest,
      })
    }
    return userIds.length
  })
}

/** People for whom this worker makes the digest: another one that wants to make the same waits here, and then does not. */
async function claim(ctx: Ctx, tx: Tx, rhythm: Rhythm, morning: Morning): Promise<string[]> {
  const isMade = exists(
    tx
      .select({ one: sql`1` })
      .from(notificationDigests)
      .where(
        and(
          eq(notificationDigests.userId, notifications.userId),
          eq(notificationDigests.rhythm, rhythm),
          eq(notificationDigests.day, morning.day),
        ),
      ),
  )
  const people = await tx
    .selectDistinct({ userId: notifications.userId })
    .from(notifications)
    .leftJoin(notificationZones, eq(notificationZones.userId, notifications.userId))
    .where(
      and(
        isToMail(rhythm),
        lt(notifications.createdAt, morning.at),
        eq(zone, morning.zone),
        not(isMade),
      ),
    )
    .orderBy(notifications.userId)
    .limit(BATCH)
  if (people.length === 0) return []
  const claimed = await tx
    .insert(notificationDigests)
    .values(
      people.map(({ userId }) => ({ userId, rhythm, day: morning.day, createdAt: ctx.now() })),
    )
    .onConflictDoNothing()
    .returning({ userId: notificationDigests.userId })
  return claimed.map(({ userId }) => userId)
}
