import { notificationKinds } from '@galley/contract/notification-kinds'
import type { NotificationView } from '@galley/contract/platform/notifications'
import { notificationPreferences, notifications, users } from '@galley/db/schema'
import type { Email } from '@galley/mail/mailer'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '../ctx.ts'
import type { EmailRequest } from '../mail/enqueue-email.ts'
import { byId, byTime, type Order } from '../order.ts'
import {
  defaultChannels,
  isVisibleTo,
  listNotificationRows,
  type NotificationRow,
  toViews,
} from './queries.ts'
import { unsubscribeUrl } from './unsubscribe.ts'

type NotificationsRequest = Extract<EmailRequest, { letter: 'notifications' }>

/**
 * An e-mail of notifications, oldest first. Null where nothing is left to say: all were read meanwhile, are about what the
 * person may no longer see, or are no longer wanted by e-mail.
 */
export async function notificationsEmail(
  ctx: Ctx,
  { userId, about, notificationIds }: NotificationsRequest,
): Promise<Email | null> {
  const [person] = await ctx.db
    .select()
    .from(users)
    .where(and(eq(users.id, userId), eq(users.status, 'active')))
  if (!person) return null
  const isWanted = and(
    inArray(notifications.id, notificationIds),
    isNull(notifications.readAt),
    isVisibleTo(ctx.db, ctx.notifications, person),
    isStillMailed(userId),
  )
  const rows = await listNotificationRows(ctx.db, isWanted, {
    order: oldest,
    after: null,
    offset: 0,
    limit: notificationIds.length,
  })
  const views = await toViews(ctx.db, ctx.notifications, rows)
  if (views.length === 0) return null
  return {
    to: person.email,
    subject: subjectOf(ctx, about, views),
    paragraphs: [`Hello ${person.displayName},`],
    links: views.map(({ text, path }) => ({ label: text, url: `${ctx.site.origin}${path}` })),
    action: { label: 'All notifications', url: `${ctx.site.origin}/notifications` },
    unsubscribe: { url: unsubscribeUrl(ctx, userId, about), from: nameOf(about) },
  }
}

const oldest: Order<NotificationRow> = [
  byTime(notifications.createdAt, (row) => row.createdAt),
  byId(notifications.id, (row) => row.id),
]

const isStillMailed = (userId: string) => sql`exists (select 1 from ${defaultChannels}
  left join ${notificationPreferences} chosen on chosen.kind = standard.kind and chosen.user_id = ${userId}::uuid
  where standard.kind = ${notifications.kind} and coalesce(chosen.email, standard.email) <> 'off')`

function subjectOf(
  { site }: Ctx,
  about: NotificationsRequest['about'],
  views: NotificationView[],
): string {
  if (about === 'daily') return `Yesterday at ${site.name}`
  if (about === 'weekly') return `Last week at ${site.name}`
  const [first] = views
  return first && views.length === 1
    ? first.text
    : `${views.length} notifications from ${site.name}`
}

const nameOf = (about: NotificationsRequest['about']) =>
  about === 'daily' || about === 'weekly'
    ? `the ${about} digest`
    : `e-mails of this kind: ${notificationKinds[about].meaning.toLowerCase()}`
