import { Button, buttonClass } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { Link, type LinkProps } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { messageOf } from '../../../lib/errors.ts'
import { FormResult, FormPage } from '../layout/form.tsx'

type Confirmation = {
  mutate: (input: { token: string }) => void
  isPending: boolean
  error: unknown
  data: { email: string } | undefined
}

type LinkPageProps = {
  title: string
  lead: string
  action: string
  token: string | undefined
  confirmation: Confirmation
  /** What else it needs, in place of the button. */
  renderForm?: ((token: string) => ReactNode) | undefined
  /** Said with the address once it is confirmed. */
  done: (email: string) => string
  goOn: { to: LinkProps['to']; text: string }
  /** What to do when the link does not work. */
  otherwise: ReactNode
}

/** Where a mailed link leads. The person presses a button: programs that scan mails open links, too. */
export function LinkPage(props: LinkPageProps) {
  const { title, lead, action, confirmation, renderForm, done, goOn, otherwise } = props
  const token = useLinkToken(props.token)
  const { data, error, isPending, mutate } = confirmation
  if (data) {
    return (
      <FormPage title={title}>
        <FormResult tone="good" title={done(data.email)} />
        {/* A full load: who is signed in may have changed. */}
        <Link to={goOn.to} reloadDocument className={buttonClass('solid', 'normal', 'self-start')}>
          {goOn.text}
        </Link>
      </FormPage>
    )
  }
  return (
    <FormPage title={title} lead={lead}>
      {error && !renderForm ? <Notice tone="bad" title={messageOf(error)} /> : null}
      {token && renderForm?.(token)}
      {token && !renderForm && (
        <Button busy={isPending} className="self-start" onClick={() => mutate({ token })}>
          {action}
        </Button>
      )}
      {!token && (
        <Notice tone="warn" title="This link is incomplete. Open the one in the mail again." />
      )}
      {(!token || Boolean(error)) && otherwise}
    </FormPage>
  )
}

/** The token of a mailed link, taken out of the address bar and the history as soon as the page is alive. */
export function useLinkToken(token: string | undefined) {
  const [kept] = useState(token)
  useEffect(() => {
    if (window.location.search) {
      window.history.replaceState(window.history.state, '', window.location.pathname)
    }
  }, [])
  return kept
}
