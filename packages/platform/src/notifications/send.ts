import { NotificationKind } from '@galley/contract/notification-kinds'
import { notifications } from '@galley/db/schema'
import type { JobDefinition } from '@galley/jobs/jobs'
import { and, eq, inArray, isNull, lte, ne, sql } from 'drizzle-orm'
import { z } from 'zod'
import { transact, type Ctx } from '../ctx.ts'
import { enqueueEmail } from '../mail/enqueue-email.ts'

/** What is to be mailed at once: some minutes later, so that what is read in the app meanwhile is not. */
export const sendNotifications: JobDefinition<Record<string, never>> = {
  name: 'notifications.send',
  payload: z.strictObject({}),
  cron: '* * * * *',
  timeoutSeconds: 10 * 60,
}

/** How long a notification waits to be read before it is mailed. */
const QUIET_MINUTES = 5

const BATCH = 200

/** Enqueues an e-mail for each person and kind of what has waited long enough; of each notification once. */
export async function enqueueDueEmails(ctx: Ctx): Promise<void> {
  while ((await enqueueBatch(ctx)) === BATCH);
}

function enqueueBatch(ctx: Ctx): Promise<number> {
  const due = new Date(ctx.now().getTime() - QUIET_MINUTES * 60_000)
  return transact(ctx, async (tx) => {
    const rows = await tx
      .select({ id: notifications.id, userId: notifications.userId, kind: notifications.kind })
      .from(notifications)
      .where(and(isToMail('now'), lte(notifications.createdAt, due)))
      .orderBy(notifications.createdAt)
      .limit(BATCH)
      .for('update', { skipLocked: true })
    if (rows.length === 0) return 0
    const ids = rows.map(({ id }) => id)
    await tx
      .update(notifications)
      .set({ mailedAt: ctx.now() })
      .where(inArray(notifications.id, ids))
    const groups = Map.groupBy(rows, ({ userId, kind }) => `${userId} ${kind}`)
    for (const group of groups.values()) {
      const [{ userId, kind } = { userId: '', kind: '' }] = group
      const { data: known } = NotificationKind.safeParse(kind)
      const notificationIds = group.map(({ id }) => id)
      if (known) {
        await enqueueEmail(ctx, tx, {
          letter: 'notifications',
          userId,
          about: known,
          notificationIds,
        })
      }
    }
    return rows.length
  })
}

/** Those of a rhythm that were neither read nor mailed: written out, for the index of just these. */
export const isToMail = (rhythm: 'now' | 'daily' | 'weekly') =>
  and(
    eq(notifications.email, rhythm),
    ne(notifications.email, sql`'off'`),
    isNull(notifications.readAt),
    isNull(notifications.mailedAt),
  )
