import type {
  MarkAllRead,
  NotificationById,
  UnreadCount,
} from '@galley/contract/platform/notifications'
import { notifications } from '@galley/db/schema'
import type { Tx } from '@galley/db/client'
import { and, eq, isNull, or, sql, type SQL } from 'drizzle-orm'
import { transact, type AuthedCtx } from '../ctx.ts'
import { AppError } from '../errors.ts'
import { emit } from '../events/emit.ts'
import { countUnread } from './list.ts'

/** Marks one of the caller's own as read; one that is keeps the time at which it was. Returns how many are left. */
export function markRead(ctx: AuthedCtx, { id }: NotificationById): Promise<UnreadCount> {
  return transact(ctx, async (tx) => {
    const isIt = and(eq(notifications.id, id), isOwn(ctx))
    const isThere = (await tx.$count(notifications, isIt)) > 0
    if (!isThere) throw new AppError('notification/not-found')
    return mark(ctx, tx, isIt)
  })
}

/** Marks all of the caller's own as read, as far as `input` does not name fewer. */
export function markAllRead(ctx: AuthedCtx, { upTo, about }: MarkAllRead): Promise<UnreadCount> {
  const isWanted = and(
    isOwn(ctx),
    upTo === undefined ? undefined : isUpTo(ctx, upTo),
    about === undefined
      ? undefined
      : or(eq(notifications.subjectId, about), eq(notifications.contextId, about)),
  )
  return transact(ctx, (tx) => mark(ctx, tx, isWanted))
}

/** The event, only where anything changed, lets the other windows of the person count again. */
async function mark(ctx: AuthedCtx, tx: Tx, isWanted: SQL | undefined): Promise<UnreadCount> {
  const { count } = await tx
    .update(notifications)
    .set({ readAt: ctx.now() })
    .where(and(isWanted, isNull(notifications.readAt)))
  if (count > 0) await emit(ctx, tx, 'notification.read', { userId: ctx.actor.user.id })
  return countUnread(ctx, tx)
}

const isOwn = ({ actor }: AuthedCtx) => eq(notifications.userId, actor.user.id)

const isUpTo = ({ db, actor }: AuthedCtx, id: string) =>
  sql`(${notifications.createdAt}, ${notifications.id}) <= (${db
    .select({ createdAt: notifications.createdAt, id: notifications.id })
    .from(notifications)
    .where(and(eq(notifications.id, id), eq(notifications.userId, actor.user.id)))})`
