import { useQuery } from '@tanstack/react-query'
import { createFileRoute, linkOptions, Outlet } from '@tanstack/react-router'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { SectionLinks } from '../features/platform/layout/section.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { myIdentities, signInProviders } from '../features/platform/settings/account-queries.ts'
import { pageHead } from '../lib/head.ts'
import { useTRPC } from '../lib/trpc.ts'

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

/** The frame of every settings page. */
function Settings() {
  const { user } = Route.useRouteContext()
  const connectable = useConnectable()
  return (
    <div className="page max-w-[60rem]">
      <PageHeader title="Settings">
        <p className="text-sm wrap-anywhere text-soft">Signed in as {user.email}</p>
      </PageHeader>
      <SectionLinks
        label="Settings"
        links={[
          {
            text: 'Profile',
            link: linkOptions({ to: '/settings', activeOptions: { exact: true } }),
          },
          { text: 'Account', link: linkOptions({ to: '/settings/account' }) },
          { text: 'Security', link: linkOptions({ to: '/settings/security' }) },
          ...(connectable
            ? [{ text: 'Connections', link: linkOptions({ to: '/settings/connections' }) }]
            : []),
          { text: 'Notifications', link: linkOptions({ to: '/settings/notifications' }) },
          { text: 'Tokens', link: linkOptions({ to: '/settings/tokens' }) },
          { text: 'Activity', link: linkOptions({ to: '/settings/activity' }) },
        ]}
      />
      <div className="pt-9">
        <Outlet />
      </div>
      <noscript>
        <p className="rounded-sm border border-rule bg-sunken px-4 py-3 text-sm">
          Changing settings needs JavaScript. Reading works without it.
        </p>
      </noscript>
    </div>
  )
}

/** Whether there is an account elsewhere to connect or to disconnect. */
function useConnectable() {
  const trpc = useTRPC()
  const providers = useQuery(signInProviders(trpc)).data?.items ?? []
  const identities = useQuery(myIdentities(trpc)).data?.items ?? []
  return providers.length + identities.length > 0
}
