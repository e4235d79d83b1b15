import { createFileRoute } from '@tanstack/react-router'
import { HealthPage } from '../features/platform/health/health-page.tsx'
import { siteHealth } from '../features/platform/health/queries.ts'
import { requireAdmin } from '../features/platform/sessions/current-user.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'

export const Route = createFileRoute('/admin/health')({
  beforeLoad: requireAdmin,
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(queryClient.ensureQueryData(siteHealth(trpc))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Health', hidden: true }),
  component: HealthPage,
})
