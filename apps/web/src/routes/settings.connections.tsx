import { createFileRoute } from '@tanstack/react-router'
import { ConnectionList } from '../features/platform/identities/connection-list.tsx'
import { myIdentities, signInProviders } from '../features/platform/settings/account-queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'

export const Route = createFileRoute('/settings/connections')({
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(
      Promise.all([
        queryClient.ensureQueryData(myIdentities(trpc)),
        queryClient.ensureQueryData(signInProviders(trpc)),
      ]),
    ),
  head: ({ match }) => pageHead(match.context.site, { title: 'Connections', hidden: true }),
  component: ConnectionList,
})
