import { createFileRoute, Outlet } from '@tanstack/react-router'
import { requireUser } from '../features/sessions/current-user.ts'
import { SettingsPage } from '../features/settings/settings-page.tsx'
import { pageHead } from '../lib/head.ts'

export const Route = createFileRoute('/settings')({
  beforeLoad: requireUser,
  head: ({ match }) => pageHead(match.context.site, { title: 'Settings', hidden: true }),
  component: Settings,
})

function Settings() {
  const { user } = Route.useRouteContext()
  return (
    <SettingsPage email={user.email}>
      <Outlet />
    </SettingsPage>
  )
}
