import { z } from 'zod'
import { EmailRhythm, NotificationKind } from '../notification-kinds.ts'
import { Id, line, listInput, page, TimeOrder, Timestamp, TimeZone } from '../primitives.ts'
import { Byline } from './users.ts'

/** The caller's own: with `unread`, those that are not read; with it false, those that are. */
export const ListNotifications = listInput(TimeOrder, {
  unread: z.boolean().optional(),
  kind: NotificationKind.optional(),
})
export type ListNotifications = z.output<typeof ListNotifications>

export const NotificationView = z.object({
  id: Id,
  /** A stable name; later versions may have more. */
  kind: z.string(),
  /** Who caused it, where one person did. */
  actor: Byline.nullable(),
  /** What it is about: a job, a person. */
  subject: z.object({ kind: z.string(), id: Id }),
  /** The whole of it as one sentence, names included. */
  text: z.string(),
  /** Where the subject is shown, on this site, from the first slash on. */
  path: z.string(),
  createdAt: Timestamp,
  /** Null until it is read. */
  readAt: Timestamp.nullable(),
})
export type NotificationView = z.output<typeof NotificationView>

export const NotificationPage = page(NotificationView)

/** How many are unread at most that are counted: this many are "99+". */
export const MAX_UNREAD = 100

export const UnreadCount = z.object({ unread: z.int().min(0).max(MAX_UNREAD) })
export type UnreadCount = z.output<typeof UnreadCount>

export const NotificationById = z.strictObject({ id: Id })
export type NotificationById = z.output<typeof NotificationById>

/** All of the caller's, or those that both are not newer than one and are about a thing or what belongs to it. */
export const MarkAllRead = z.strictObject({ upTo: Id.optional(), about: Id.optional() })
export type MarkAllRead = z.output<typeof MarkAllRead>

const Channels = { inApp: z.boolean(), email: EmailRhythm }

export const NotificationPreference = z.object({
  kind: z.string(),
  /** What it tells of, in words. */
  meaning: z.string(),
  ...Channels,
})
export type NotificationPreference = z.output<typeof NotificationPreference>

export const NotificationPreferences = z.object({
  items: z.array(NotificationPreference),
  /** The IANA name of the zone in whose mornings digests are sent; null for UTC. */
  timeZone: z.string().nullable(),
})
export type NotificationPreferences = z.output<typeof NotificationPreferences>

/** Kinds that are not named, and a time zone that is not given, stay as they are. */
export const UpdateNotificationPreferences = z.strictObject({
  items: z
    .array(z.strictObject({ kind: NotificationKind, ...Channels }))
    .max(50, 'Name each kind once.')
    .refine(hasEachKindOnce, 'Name each kind once.')
    .optional(),
  timeZone: TimeZone.nullable().optional(),
})
export type UpdateNotificationPreferences = z.output<typeof UpdateNotificationPreferences>

function hasEachKindOnce(items: { kind: string }[]) {
  return new Set(items.map(({ kind }) => kind)).size === items.length
}

/** What stands in the link at the end of an e-mail. */
export const UnsubscribeToken = z.strictObject({ token: line(300).min(1) })
export type UnsubscribeToken = z.output<typeof UnsubscribeToken>

/** Which e-mails a link ends. */
export const UnsubscribeView = z.object({
  /** In words: that of a kind, or of a digest. */
  meaning: z.string(),
  /** Whether the person still gets them. */
  subscribed: z.boolean(),
})
export type UnsubscribeView = z.output<typeof UnsubscribeView>
