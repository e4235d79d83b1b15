import { z } from 'zod'
import { platformNotificationKinds } from './platform/notification-kinds.ts'
import { publishingNotificationKinds } from './publishing/notification-kinds.ts'

/** When a person gets an e-mail of a notification: alone some minutes later, with others in a digest, or never. */
export const EmailRhythm = z.enum(['off', 'now', 'daily', 'weekly'])
export type EmailRhythm = z.output<typeof EmailRhythm>

/** The shape of such a list: `meaning` is what people read where they choose, the channels are what holds until they do. */
export type NotificationKinds = Record<
  string,
  { meaning: string; inApp: boolean; email: EmailRhythm }
>

/** By kind, what it means and its default channels. Names are kept: notifications outlive releases. */
export const notificationKinds = {
  ...publishingNotificationKinds,
  ...platformNotificationKinds,
} as const

export const NotificationKind = z.enum(
  Object.keys(notificationKinds) as (keyof typeof notificationKinds)[],
)
export type NotificationKind = z.output<typeof NotificationKind>
