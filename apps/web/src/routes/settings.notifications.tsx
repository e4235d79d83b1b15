import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { Section } from '../features/platform/layout/section.tsx'
import { PreferencesForm } from '../features/platform/notifications/preferences-form.tsx'
import { myPreferences } from '../features/platform/notifications/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/settings/notifications')({
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(queryClient.ensureQueryData(myPreferences(trpc))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Notifications', hidden: true }),
  component: Preferences,
})

function Preferences() {
  const { data } = useSuspenseQuery(myPreferences(useTRPC()))
  return (
    <Section
      title="Notifications"
      lead="What you are told of, and how. E-mails at once come some minutes later, and not if you have read it in the app by then."
    >
      <PreferencesForm preferences={data} />
    </Section>
  )
}
