import { Button, buttonClass } from '@galley/ui/button'
import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router'
import { PageError } from '../../lib/page-error.ts'

/** Stands where a page failed; the request id finds the failure in the server's log. */
export function ErrorPage({ error }: ErrorComponentProps) {
  const router = useRouter()
  const known = error instanceof PageError ? error : undefined
  const requestId = known?.requestId ?? router.options.context.site.requestId
  return (
    <div className="page flex flex-col items-start gap-4 py-20 sm:py-28">
      <p className="eyebrow text-accent">Error</p>
      <h1 className="headline max-w-measure text-3xl">This page could not be shown</h1>
      <p className="max-w-measure text-lg text-soft">
        {known?.message ?? 'Something went wrong in this page. Reload it and try again.'}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button onClick={() => void router.invalidate()}>Try again</Button>
        <Link to="/" className={buttonClass('line')}>
          Go to the home page
        </Link>
      </div>
      {requestId && (
        <p className="mt-6 text-xs text-soft">
          If you report this, name the request: <code className="font-mono">{requestId}</code>
        </p>
      )}
    </div>
  )
}
