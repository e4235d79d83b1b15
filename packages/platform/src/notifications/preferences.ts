import { notificationKinds } from '@galley/contract/notification-kinds'
import type {
  NotificationPreferences,
  UpdateNotificationPreferences,
} from '@galley/contract/platform/notifications'
import type { Queryable } from '@galley/db/client'
import { notificationPreferences, notificationZones } from '@galley/db/schema'
import { eq, sql } from 'drizzle-orm'
import { transact, type AuthedCtx } from '../ctx.ts'

/** By which channels the caller gets each kind, whether they have chosen them or not. */
export const getPreferences = (ctx: AuthedCtx): Promise<NotificationPreferences> =>
  preferencesOf(ctx, ctx.db)

/** Changes the channels of the kinds that are named, from the next notification on. */
export function updatePreferences(
  ctx: AuthedCtx,
  { items = [], timeZone }: UpdateNotificationPreferences,
): Promise<NotificationPreferences> {
  const userId = ctx.actor.user.id
  return transact(ctx, async (tx) => {
    if (items.length > 0) {
      // In one order, so that two calls of the same person do not wait for each other.
      const rows = items.toSorted((a, b) => (a.kind < b.kind ? -1 : 1))
      await tx
        .insert(notificationPreferences)
        .values(rows.map((item) => ({ ...item, userId })))
        .onConflictDoUpdate({
          target: [notificationPreferences.userId, notificationPreferences.kind],
          set: { inApp: sql`excluded.in_app`, email: sql`excluded.email` },
        })
    }
    if (timeZone === null) {
      await tx.delete(notificationZones).where(eq(notificationZones.userId, userId))
    } else if (timeZone !== undefined) {
      await tx
        .insert(notificationZones)
        .values({ userId, timeZone })
        .onConflictDoUpdate({ target: notificationZones.userId, set: { timeZone } })
    }
    return preferencesOf(ctx, tx)
  })
}

async function preferencesOf(
  { actor: { user } }: AuthedCtx,
  db: Queryable,
): Promise<NotificationPreferences> {
  const chosen = await db
    .select()
    .from(notificationPreferences)
    .where(eq(notificationPreferences.userId, user.id))
  const [zone] = await db
    .select({ timeZone: notificationZones.timeZone })
    .from(notificationZones)
    .where(eq(notificationZones.userId, user.id))
  const items = Object.entries(notificationKinds).map(([kind, { meaning, ...standard }]) => {
    const { inApp, email } = chosen.find((row) => row.kind === kind) ?? standard
    return { kind, meaning, inApp, email }
  })
  return { items, timeZone: zone?.timeZone ?? null }
}
