import { Button, buttonClass } from '@galley/ui/button'
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { PageError } from '../../lib/page-error.ts'
import { MessagePage } from './message-page.tsx'

/** Stands where a page failed; the request id finds the failure in the server's log. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const known = error instanceof PageError ? error : undefined
  const requestId = known?.requestId ?? router.options.context.site.requestId
  return (
    <MessagePage
      eyebrow="Error"
      title="This page could not be shown"
      text={known?.message ?? 'Something went wrong in this page. Reload it and try again.'}
      actions={
        <>
          <Button onClick={() => void router.invalidate()}>Try again</Button>
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
