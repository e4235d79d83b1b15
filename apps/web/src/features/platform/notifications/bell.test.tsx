import type { NotificationView } from '@galley/contract/platform/notifications'
import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { show } from '../../../../test/render.tsx'
import { Bell } from './bell.tsx'
import { NotificationsPage } from './notifications-page.tsx'

/** Stands in for the browser's, which jsdom does not have. */
class FakeEventSource extends EventTarget {
  static last: FakeEventSource | undefined

  constructor() {
    super()
    FakeEventSource.last = this
  }

  close() {}

  tell(event: string) {
    const hints = [{ event, topic: { me: true }, ids: {} }]
    const data = JSON.stringify({ hints, reload: false, ended: [] })
    this.dispatchEvent(new MessageEvent('message', { data, lastEventId: '1' }))
  }
}

beforeEach(() => {
  FakeEventSource.last = undefined
  vi.stubGlobal('EventSource', FakeEventSource)
})

const notification = (n: number, readAt: string | null): NotificationView => ({
  id: `0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b8${n}`,
  kind: 'job-finished',
  actor: null,
  subject: { kind: 'job', id: '0192f3a1-5b7c-7d2e-9a41-3c5d7e9f1b81' },
  text: `Report ${n} is done.`,
  path: '/reports',
  createdAt: '2026-03-20T12:00:00.000Z',
  readAt,
})

const bell = (name: string) => screen.findByRole('link', { name })

test('the bell says how many are unread, and that there are more when there are', async () => {
  let unread = 1
  serve({ 'notifications.unread': () => ({ unread }) })
  await show(<Bell />, { user: mira })
  await bell('Notifications, 1 unread')
  expect(screen.getByRole('status').textContent).toBe('')
  await expect.poll(() => FakeEventSource.last).toBeDefined()
  unread = 100
  FakeEventSource.last?.tell('notification.created')
  await bell('Notifications, 99+ unread')
  expect(screen.getByRole('status').textContent).toBe('99 new notifications')
  unread = 0
  FakeEventSource.last?.tell('notification.read')
  await bell('Notifications')
  expect(screen.getByRole('status').textContent).toBe('')
})

test('all are marked as read up to the newest that is shown, and the bell follows', async () => {
  let readAt: string | null = null
  const calls = serve({
    'notifications.unread': () => ({ unread: readAt === null ? 2 : 0 }),
    'notifications.list': () => ({
      items: [notification(2, readAt), notification(1, readAt)],
      page: { nextCursor: null },
    }),
    'notifications.markAllRead': () => {
      readAt = '2026-03-20T13:00:00.000Z'
      return { unread: 0 }
    },
  })
  const page = (
    <>
      <Bell />
      <NotificationsPage shown={{}} />
    </>
  )
  const { user } = await show(page, { user: mira })
  await bell('Notifications, 2 unread')
  await screen.findByRole('link', { name: /Unread: ?Report 2 is done\./ })
  await user.click(screen.getByRole('button', { name: 'Mark all as read' }))
  await bell('Notifications')
  await waitFor(() => expect(screen.queryByText('Unread:')).toBeNull())
  const marked = calls.filter(({ path }) => path === 'notifications.markAllRead')
  expect(marked.map(({ input }) => input)).toEqual([{ upTo: notification(2, null).id }])
})
