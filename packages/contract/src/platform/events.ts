import { z } from 'zod'
import type { Hints } from '../hints.ts'
import { Id } from '../primitives.ts'

/** What happens to accounts. */
export const platformEvents = {
  'user.password-changed': z.object({ userId: Id }),
  'user.profile-updated': z.object({ userId: Id }),
  'user.email-changed': z.object({ userId: Id, from: z.string(), to: z.string() }),
  'user.second-factor-changed': z.object({ userId: Id, on: z.boolean() }),
  'user.credential-added': z.object({
    userId: Id,
    kind: z.enum(['passkey', 'identity', 'token']),
    name: z.string(),
  }),
  /** It has been scanned, and its variants are there. */
  'media.ready': z.object({ mediaId: Id }),
  /** What is said of it: alternative text, caption. */
  'media.updated': z.object({ mediaId: Id }),
  /** With what used it until then. */
  'media.deleted': z.object({
    mediaId: Id,
    subjects: z.array(z.object({ kind: z.string(), id: Id })),
  }),
  /** The settings of the site of these names. */
  'settings.updated': z.object({ version: z.int(), names: z.array(z.string()) }),
  'settings.maintenance-changed': z.object({ on: z.boolean() }),
  'notification.created': z.object({ userId: Id, notificationId: Id }),
  /** One or several of a person's: how many are unread has changed. */
  'notification.read': z.object({ userId: Id }),
  /** One that somebody follows has succeeded or failed. */
  'job.finished': z.object({ jobId: Id, ownerId: Id }),
} as const

/** Those after which people who are signed out are to see something else at once. */
export const publicPlatformEvents = [
  'user.profile-updated',
  'media.ready',
  'media.updated',
  'media.deleted',
] as const

/** Who hears of them while they watch: a line for each event. */
export const platformHints = {
  'user.profile-updated': [{ topic: 'me', of: 'userId' }],
  'notification.created': [{ topic: 'me', of: 'userId', ids: ['notificationId'] }],
  'notification.read': [{ topic: 'me', of: 'userId' }],
  'job.finished': [{ topic: 'me', of: 'ownerId', ids: ['jobId'] }],
} as const satisfies Hints<typeof platformEvents>
