import { deleteInBatches } from '@galley/db/delete-in-batches'
import { notificationDigests, notifications } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, isNotNull, lt, or } from 'drizzle-orm'
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

export async function deleteOldNotifications(ctx: Ctx): Promise<void> {
  const before = (days: number) => new Date(ctx.now().getTime() - days * DAY_MS)
  const isOld = or(
    lt(notifications.createdAt, before(UNREAD_DAYS)),
    and(lt(notifications.createdAt, before(READ_DAYS)), isNotNull(notifications.readAt)),
  )
  const count = await deleteInBatches(ctx.db, notifications, isOld)
  await deleteInBatches(
    ctx.db,
    notificationDigests,
    lt(notificationDigests.createdAt, before(DIGEST_DAYS)),
  )
  ctx.log.info({ count }, 'old notifications deleted')
}
