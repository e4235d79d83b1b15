import { buttonClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { Skeleton } from '@galley/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { messageOf } from '../../../lib/errors.ts'
import { useLinkToken } from '../../../lib/link-token.ts'
import { useSite } from '../../../lib/site.ts'
import { useTRPCClient } from '../../../lib/trpc.ts'
import { Answer } from '../layout/answer.tsx'
import { FormPage } from '../layout/form-page.tsx'
import { SignUpForm } from '../users/sign-up-form.tsx'

/** Where the link of an invitation leads: the account is made here, for the address that was invited. */
export function AcceptInvitation(props: { token: string | undefined }) {
  const token = useLinkToken(props.token)
  const { name } = useSite()
  const [created, setCreated] = useState(false)
  const title = `Join ${name}`
  if (created) {
    return (
      <FormPage title={title}>
        <Answer tone="good" title="Your account is ready." />
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
