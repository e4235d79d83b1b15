import type { NotificationKinds } from '../notification-kinds.ts'

/** What the platform tells people of. */
export const platformNotificationKinds = {
  'job-finished': {
    meaning: 'A long job that you started has ended',
    inApp: true,
    email: 'off',
  },
} as const satisfies NotificationKinds
