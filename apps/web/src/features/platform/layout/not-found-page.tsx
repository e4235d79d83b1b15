import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { MessagePage } from './message-page.tsx'

export function NotFoundPage() {
  return (
    <MessagePage
      eyebrow="Not found"
      title="There is nothing at this address"
      text="The page may have been moved or withdrawn, or the address may have been mistyped."
      actions={
        <>
          <Link to="/" className={buttonClass()}>
            Read the newest articles
          </Link>
          <Link to="/tags" className={buttonClass('line')}>
            Browse the tags
          </Link>
        </>
      }
    />
  )
}
