import { createFileRoute } from '@tanstack/react-router'
import { requireAdmin } from '../features/platform/sessions/current-user.ts'
import { siteSettings } from '../features/platform/site-settings/queries.ts'
import { SettingsPage } from '../features/platform/site-settings/settings-page.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'

export const Route = createFileRoute('/admin/settings')({
  beforeLoad: requireAdmin,
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(queryClient.ensureQueryData(siteSettings(trpc))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Settings', hidden: true }),
  component: SettingsPage,
})
