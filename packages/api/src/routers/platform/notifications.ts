import {
  ListNotifications,
  MarkAllRead,
  NotificationById,
  NotificationPage,
  NotificationPreferences,
  UnreadCount,
  UnsubscribeToken,
  UnsubscribeView,
  UpdateNotificationPreferences,
} from '@galley/contract/platform/notifications'
import { Nothing } from '@galley/contract/primitives'
import { countUnread, listNotifications } from '@galley/platform/notifications/list'
import { markAllRead, markRead } from '@galley/platform/notifications/mark-read'
import { getPreferences, updatePreferences } from '@galley/platform/notifications/preferences'
import { getSubscription, unsubscribe } from '@galley/platform/notifications/unsubscribe'
import { authedProcedure, publicProcedure, router } from '../../trpc.ts'
import { docs } from './notifications.docs.ts'

export const notifications = router({
  list: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'notifications:read',
    rest: { method: 'GET', path: '/me/notifications' },
    docs: docs.list,
  })
    .input(ListNotifications.prefault({}))
    .output(NotificationPage)
    .query(({ ctx, input }) => listNotifications(ctx, input)),
  unread: authedProcedure({
    cost: 1,
    queries: 1,
    scope: 'notifications:read',
    rest: { method: 'GET', path: '/me/notifications/unread' },
    docs: docs.unread,
  })
    .input(Nothing)
    .output(UnreadCount)
    .query(({ ctx }) => countUnread(ctx)),
  // Who may only read may also say that they have.
  markRead: authedProcedure({
    cost: 1,
    queries: 4,
    scope: 'notifications:write',
    allowSuspended: true,
    rest: { method: 'POST', path: '/me/notifications/{id}/read' },
    docs: docs.markRead,
  })
    .input(NotificationById)
    .output(UnreadCount)
    .mutation(({ ctx, input }) => markRead(ctx, input)),
  markAllRead: authedProcedure({
    cost: 2,
    queries: 3,
    scope: 'notifications:write',
    allowSuspended: true,
    rest: { method: 'POST', path: '/me/notifications/read' },
    docs: docs.markAllRead,
  })
    .input(MarkAllRead.prefault({}))
    .output(UnreadCount)
    .mutation(({ ctx, input }) => markAllRead(ctx, input)),
  preferences: authedProcedure({
    cost: 1,
    queries: 2,
    scope: 'notifications:read',
    rest: { method: 'GET', path: '/me/notification-preferences' },
    docs: docs.preferences,
  })
    .input(Nothing)
    .output(NotificationPreferences)
    .query(({ ctx }) => getPreferences(ctx)),
  updatePreferences: authedProcedure({
    cost: 2,
    queries: 5,
    scope: 'notifications:write',
    allowSuspended: true,
    rest: { method: 'PATCH', path: '/me/notification-preferences' },
    docs: docs.updatePreferences,
  })
    .input(UpdateNotificationPreferences.prefault({}))
    .output(NotificationPreferences)
    .mutation(({ ctx, input }) => updatePreferences(ctx, input)),
  subscription: publicProcedure({ cost: 2, queries: 0 })
    .input(UnsubscribeToken)
    .output(UnsubscribeView)
    .query(({ ctx, input }) => getSubscription(ctx, input)),
  unsubscribe: publicProcedure({ cost: 2, queries: 3 })
    .input(UnsubscribeToken)
    .output(UnsubscribeView)
    .mutation(({ ctx, input }) => unsubscribe(ctx, input)),
})
