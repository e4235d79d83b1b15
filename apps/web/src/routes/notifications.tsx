import { createFileRoute } from '@tanstack/react-router'
import { NotificationsPage } from '../features/platform/notifications/notifications-page.tsx'
import { myNotifications, type Shown } from '../features/platform/notifications/queries.ts'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { oneOf, textParam } from '../lib/search.ts'

export const Route = createFileRoute('/notifications')({
  validateSearch: (search): Shown => ({
    show: oneOf(['unread'] as const, search['show']),
    kind: textParam(search, 'kind'),
    cursor: textParam(search, 'cursor'),
  }),
  loaderDeps: ({ search }) => search,
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, deps }) =>
    loadPage(queryClient.ensureQueryData(myNotifications(trpc, deps))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Notifications', hidden: true }),
  component: Notifications,
})

function Notifications() {
  return <NotificationsPage shown={Route.useSearch()} />
}
