import { notificationKinds } from '@galley/contract/notification-kinds'
import type { NotificationView } from '@galley/contract/platform/notifications'
import { describeSlice } from '../../docs.ts'

export const exampleNotification: NotificationView = {
  id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b80',
  kind: 'job-finished',
  actor: null,
  subject: { kind: 'job', id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b81' },
  text: 'reports.build is done.',
  path: '/',
  createdAt: '2026-03-20T12:00:00.000Z',
  readAt: null,
}

const items = Object.entries(notificationKinds).map(([kind, channels]) => ({ kind, ...channels }))

export const docs = describeSlice(
  {
    about: 'What the caller is told of, in the app and by e-mail.',
    fields: {
      id: 'The id of the notification.',
      sort: 'By when they were made.',
      unread: 'Only those that are not read, or with `false` those that are.',
      kind: 'Only of this kind.',
    },
  },
  {
    list: {
      summary: 'List your notifications',
      description: 'Last first by default. Those about what you may no longer see are left out.',
      examples: [
        {
          summary: 'The last unread ones',
          query: { unread: true, limit: 10 },
          response: { items: [exampleNotification], page: { nextCursor: null } },
        },
      ],
    },
    unread: {
      summary: 'Count your unread notifications',
      description: 'No more than 100 are counted: 100 means that there may be more.',
      examples: [{ summary: 'One', response: { unread: 1 } }],
    },
    markRead: {
      summary: 'Mark a notification as read',
      description: 'May be repeated. Returns how many are left unread.',
      refusals: ['notification/not-found'],
      examples: [
        { summary: 'The last one', path: { id: exampleNotification.id }, response: { unread: 0 } },
      ],
    },
    markAllRead: {
      summary: 'Mark notifications as read',
      description:
        'All of them; with `upTo`, the id of one, only that and older ones, so that what came since stays unread; with `about`, the id of a thing, only those about it or about what belongs to it. Returns how many are left.',
      examples: [
        {
          summary: 'All that were seen',
          body: { upTo: exampleNotification.id },
          response: { unread: 0 },
        },
      ],
    },
    preferences: {
      summary: 'Read how you are notified',
      description: 'By kind, with the defaults where you have chosen nothing.',
      examples: [{ summary: 'The defaults', response: { items, timeZone: null } }],
    },
    updatePreferences: {
      summary: 'Choose how you are notified',
      description:
        'Kinds that are not named stay as they are. Digests are sent in the morning of the time zone, of UTC where none is given.',
      examples: [
        {
          summary: 'An e-mail at once',
          body: { items: [{ kind: 'job-finished', inApp: true, email: 'now' }] },
          response: {
            items: items.map((item) =>
              item.kind === 'job-finished' ? { ...item, email: 'now' } : item,
            ),
            timeZone: null,
          },
        },
      ],
    },
  },
)
