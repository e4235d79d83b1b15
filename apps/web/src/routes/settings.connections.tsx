import { createFileRoute } from '@tanstack/react-router'
import { ConnectionList } from '../features/identities/connection-list.tsx'
import { myIdentities, signInProviders } from '../features/identities/queries.ts'
import { SignInProblem } from '../features/sessions/sign-in-problem.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { textParam } from '../lib/search.ts'

export const Route = createFileRoute('/settings/connections')({
  validateSearch: (search): { problem?: string } => ({ problem: textParam(search, 'problem') }),
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(
      Promise.all([
        queryClient.ensureQueryData(myIdentities(trpc)),
        queryClient.ensureQueryData(signInProviders(trpc)),
      ]),
    ),
  head: ({ match }) => pageHead(match.context.site, { title: 'Connections', hidden: true }),
  component: Connections,
})

function Connections() {
  const { problem } = Route.useSearch()
  return (
    <>
      {problem && (
        <div className="pb-9">
          <SignInProblem reason={problem} />
        </div>
      )}
      <ConnectionList />
    </>
  )
}
