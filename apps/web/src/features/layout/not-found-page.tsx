import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'

export function NotFoundPage() {
  return (
    <div className="page flex flex-col items-start gap-4 py-20 sm:py-28">
      <p className="eyebrow text-accent">Not found</p>
      <h1 className="headline max-w-measure text-3xl">There is nothing at this address</h1>
      <p className="max-w-measure text-lg text-soft">
        The page may have been moved or withdrawn, or the address may have been mistyped.
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Link to="/" className={buttonClass()}>
          Read the newest articles
        </Link>
        <Link to="/tags" className={buttonClass('line')}>
          Browse the topics
        </Link>
      </div>
    </div>
  )
}
