import { createFileRoute } from '@tanstack/react-router'
import { AuditPage } from '../features/platform/audit/audit-page.tsx'
import { auditEntries } from '../features/platform/audit/audit-queries.ts'
import { auditSearch } from '../features/platform/audit/audit-search.ts'
import { requireAdmin } from '../features/platform/sessions/current-user.ts'
import { pageHead } from '../lib/head.ts'

export const Route = createFileRoute('/admin/audit')({
  validateSearch: auditSearch,
  beforeLoad: requireAdmin,
  loaderDeps: ({ search }) => search,
  // Never fails: a filter that the server refuses is said in the page.
  loader: ({ context: { queryClient, trpc }, deps }) =>
    queryClient.prefetchQuery(auditEntries(trpc, deps)),
  head: ({ match }) => pageHead(match.context.site, { title: 'Audit log', hidden: true }),
  component: Audit,
})

function Audit() {
  return <AuditPage search={Route.useSearch()} />
}
