import { createFileRoute, notFound, Outlet } from '@tanstack/react-router'
import { AdminPage } from '../features/platform/admin/admin-page.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { failureHead, pageHead } from '../lib/head.ts'

export const Route = createFileRoute('/admin')({
  beforeLoad: async (at) => {
    const { user } = await requireUser(at)
    if (!user.can.manageUsers) throw notFound()
    return { user }
  },
  // Its head is made for those as well to whom `beforeLoad` shows that there is nothing here.
  head: ({ match }) =>
    'user' in match.context
      ? pageHead(match.context.site, { title: 'Administration', hidden: true })
      : failureHead({ match }),
  component: Admin,
})

function Admin() {
  const { user } = Route.useRouteContext()
  return (
    <AdminPage user={user}>
      <Outlet />
    </AdminPage>
  )
}
