import { buttonClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { Skeleton } from '@galley/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { FormResult, FormPage } from '../features/platform/layout/form.tsx'
import { useLinkToken } from '../features/platform/users/link-page.tsx'
import { SignUpForm } from '../features/platform/users/sign-up-form.tsx'
import { messageOf } from '../lib/errors.ts'
import { pageHead } from '../lib/head.ts'
import { useSite } from '../lib/router-context.ts'
import { textParam } from '../lib/search.ts'
import { useTRPCClient } from '../lib/trpc.ts'

export const Route = createFileRoute('/invitation')({
  validateSearch: (search): { token?: string } => ({ token: textParam(search, 'token') }),
  head: ({ match }) =>
    pageHead(match.context.site, { title: 'Your invitation', hidden: true, secret: true }),
  component: Invitation,
})

/** Where the link of an invitation leads: the account is made here, for the address that was invited. */
function Invitation() {
  const token = useLinkToken(Route.useSearch().token)
  const { name } = useSite()
  const [created, setCreated] = useState(false)
  const title = `Join ${name}`
  if (created) {
    return (
      <FormPage title={title}>
        <FormResult tone="good" title="Your account is ready." />
        <Link to="/sign-in" className={buttonClass('solid', 'normal', 'self-start')}>
          Sign in
        </Link>
      </FormPage>
    )
  }
  return (
    <FormPage title={title}>
      {token === undefined ? (
        <Notice tone="warn" title="The link is incomplete. Open it from the e-mail again." />
      ) : (
        <Offer token={token} onCreated={() => setCreated(true)} />
      )}
    </FormPage>
  )
}

function Offer({ token, onCreated }: { token: string; onCreated: () => void }) {
  const client = useTRPCClient()
  // Sent as a body, so that the token stays out of addresses and logs.
  const { data, error } = useQuery({
    queryKey: ['invitation'],
    queryFn: () => client.invitations.byToken.mutate({ token }),
    gcTime: 0,
    retry: false,
  })
  if (error) return <Notice tone="bad" title={messageOf(error)} />
  if (!data) return <Skeleton className="h-64" />
  return <SignUpForm invitation={{ token, email: data.email }} onSent={onCreated} />
}
