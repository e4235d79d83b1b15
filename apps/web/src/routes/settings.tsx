import { createFileRoute, Outlet } from '@tanstack/react-router'
import { myIdentities, signInProviders } from '../features/platform/identities/queries.ts'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { SettingsPage } from '../features/platform/settings/settings-page.tsx'
import { pageHead } from '../lib/head.ts'

export const Route = createFileRoute('/settings')({
  beforeLoad: requireUser,
  // Never fails: without them there is one link less.
  loader: ({ context: { queryClient, trpc } }) =>
    Promise.all([
      queryClient.prefetchQuery(signInProviders(trpc)),
      queryClient.prefetchQuery(myIdentities(trpc)),
    ]),
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
