import type { Queryable } from '@galley/db/client'
import { notificationDigests, notifications } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, inArray, isNotNull, lt, or, type SQL } from 'drizzle-orm'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

export const sweepNotifications: JobDefinition<Record<string, never>> = {
  name: 'notifications.sweep',
  payload: z.strictObject({}),
  cron: '10 4 * * *',
  timeoutSeconds: 10 * 60,
}

const DAY_MS = 86_400_000

/** How long notifications are kept, by whether they were read; longer than anything causes one again. */
const READ_DAYS = 90
const UNREAD_DAYS = 180
/** Longer than a week is late. */
const DIGEST_DAYS = 60

const BATCH = 1000

export async function deleteOldNotifications(ctx: Ctx): Promise<void> {
  const before = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS)
  const isOld = or(
    lt(notifications.createdAt, before(UNREAD_DAYS)),
    and(lt(notifications.createdAt, before(READ_DAYS)), isNotNull(notifications.readAt)),
  )
  let count = 0
  for (let deleted = BATCH; deleted === BATCH;) {
    deleted = await deleteBatch(ctx.db, isOld)
    count += deleted
  }
  await ctx.db
    .delete(notificationDigests)
    .where(lt(notificationDigests.createdAt, before(DIGEST_DAYS)))
  ctx.log.info({ count }, 'old notifications deleted')
}

async function deleteBatch(db: Queryable, isOld: SQL | undefined): Promise<number> {
  const batch = db.select({ id: notifications.id }).from(notifications).where(isOld).limit(BATCH)
  const deleted = await db
    .delete(notifications)
    .where(inArray(notifications.id, batch))
    .returning({ id: notifications.id })
  return deleted.length
}
