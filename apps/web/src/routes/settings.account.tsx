import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { EmailSection } from '../features/platform/credentials/email-section.tsx'
import { PasswordSection } from '../features/platform/credentials/password-section.tsx'
import { myCredentials } from '../features/platform/settings/account-queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/settings/account')({
  loader: ({ context: { queryClient, trpc } }) =>
    loadPage(queryClient.ensureQueryData(myCredentials(trpc))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Account', hidden: true }),
  component: Account,
})

function Account() {
  const { data } = useSuspenseQuery(myCredentials(useTRPC()))
  return (
    <>
      <EmailSection email={data.email} />
      <PasswordSection email={data.email} isSet={data.password} />
    </>
  )
}
