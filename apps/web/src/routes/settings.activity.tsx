import { createFileRoute } from '@tanstack/react-router'
import { ActivityPage } from '../features/platform/audit/activity-page.tsx'
import { mySecurityEvents } from '../features/platform/audit/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'

export const Route = createFileRoute('/settings/activity')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(mySecurityEvents(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Activity', hidden: true }),
  component: Activity,
})

function Activity() {
  return <ActivityPage cursor={Route.useSearch().cursor} />
}
