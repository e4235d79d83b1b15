import { Button, buttonClass } from '@galley/ui/button'
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { useState } from 'react'
import { isOffline } from '../../../lib/connection.ts'
import { notify } from '../../../lib/notify.ts'
import { PageError } from '../../../lib/page-error.ts'
import { MessagePage } from './message-page.tsx'

/** Stands where a page failed; the request id finds the failure in the server's log. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const [offline] = useState(isOffline)
  const known = error instanceof PageError ? error : undefined
  const retry = () => {
    if (isOffline()) void notify({ title: 'You are still offline.' })
    // A script that could not be fetched is asked for again only by a new load of the page.
    else if (offline || !known) window.location.reload()
    else void router.invalidate()
  }
  if (offline) {
    return (
      <MessagePage
        eyebrow="No connection"
        title="You are offline"
        text="This page has not been loaded yet. Try again when you are connected."
        actions={
          <>
            <Button onClick={retry}>Try again</Button>
            <Button variant="line" onClick={() => router.history.back()}>
              Go back
            </Button>
          </>
        }
      />
    )
  }
  const requestId = known?.requestId ?? router.options.context.site.requestId
  return (
    <MessagePage
      eyebrow="Error"
      title="This page could not be shown"
      text={known?.message ?? 'Something went wrong in this page. Reload it and try again.'}
      actions={
        <>
          <Button onClick={retry}>Try again</Button>
          <Link to="/" className={buttonClass('line')}>
            Go to the home page
          </Link>
        </>
      }
    >
      {requestId && (
        <p className="mt-6 text-xs text-soft">
          If you report this, name the request: <code className="font-mono">{requestId}</code>
        </p>
      )}
    </MessagePage>
  )
}
