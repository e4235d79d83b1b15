import {
  type ListNotifications,
  MAX_UNREAD,
  type NotificationView,
  type UnreadCount,
} from '@galley/contract/platform/notifications'
import type { Page } from '@galley/contract/primitives'
import type { Queryable } from '@galley/db/client'
import { notifications } from '@galley/db/schema'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { AuthedCtx } from '../ctx.ts'
import { countListed } from '../count-listed.ts'
import { byId, byTime, listSorted, type Order, reversed } from '../order.ts'
import { isVisibleTo, listNotificationRows, type NotificationRow, toViews } from './queries.ts'

/** The caller's own, last first; not those about what they may no longer see. */
export async function listNotifications(
  ctx: AuthedCtx,
  input: ListNotifications,
): Promise<Page<NotificationView>> {
  const { unread, kind } = input
  const isWanted = and(
    isShown(ctx, ctx.db),
    kind && eq(notifications.kind, kind),
    unread === undefined
      ? undefined
      : unread
        ? isNull(notifications.readAt)
        : isNotNull(notifications.readAt),
  )
  const { items, page } = await listSorted(input, {
    orders: { newest: reversed(oldest), oldest },
    byDefault: 'newest',
    find: (start) => listNotificationRows(ctx.db, isWanted, start),
    count: () => countListed(ctx.db, notifications, isWanted),
    toItem: (row: NotificationRow) => row,
  })
  return { items: await toViews(ctx.db, ctx.notifications, items), page }
}

/** How many the caller has not read; no more than 100 are counted. */
export const countUnread = async (ctx: AuthedCtx, db: Queryable = ctx.db): Promise<UnreadCount> => {
  const unread = db
    .select({ id: notifications.id })
    .from(notifications)
    .where(and(isShown(ctx, db), isNull(notifications.readAt)))
    .limit(MAX_UNREAD)
  return { unread: await db.$count(unread.as('unread')) }
}

const isShown = ({ actor, notifications: registry }: AuthedCtx, db: Queryable) =>
  and(isVisibleTo(db, registry, actor.user), notifications.inApp)

const oldest: Order<NotificationRow> = [
  byTime(notifications.createdAt, (row) => row.createdAt),
  byId(notifications.id, (row) => row.id),
]
