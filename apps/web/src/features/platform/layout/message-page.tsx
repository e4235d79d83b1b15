import { Button, buttonClass } from '@galley/ui/button'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { isOffline } from '../../../lib/connection.ts'
import { notify } from '../../../lib/notify.ts'
import { PageError } from '../../../lib/page-error.ts'
import { notFoundLinks } from '../../../registry/navigation.ts'

type MessagePageProps = {
  eyebrow: string
  title: string
  text: string
  /** Where to go from here. */
  actions: ReactNode
  children?: ReactNode
}

/** Stands where a page cannot be shown, and says why. */
export function MessagePage({ eyebrow, title, text, actions, children }: MessagePageProps) {
  return (
    <div className="page flex flex-col items-start gap-4 py-20 sm:py-28">
      <p className="eyebrow text-accent">{eyebrow}</p>
      <h1 className="headline max-w-measure text-3xl">{title}</h1>
      <p className="max-w-measure text-lg text-soft">{text}</p>
      <div className="mt-4 flex flex-wrap gap-3">{actions}</div>
      {children}
    </div>
  )
}

export function NotFoundPage() {
  return (
    <MessagePage
      eyebrow="Not found"
      title="There is nothing at this address"
      text="The page may have been moved or withdrawn, or the address may have been mistyped."
      actions={
        <>
          {notFoundLinks().map(({ text, link }, index) => (
            <Link key={text} {...link} className={buttonClass(index === 0 ? 'solid' : 'line')}>
              {text}
            </Link>
          ))}
        </>
      }
    />
  )
}

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
          {known?.traceId && (
            <>
              {' '}
              and the trace: <code className="font-mono">{known.traceId}</code>
            </>
          )}
        </p>
      )}
    </MessagePage>
  )
}
