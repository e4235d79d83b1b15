import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { lazyInBrowser } from '../../../lib/lazy-in-browser.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'

// Who reads without an account does not load it.
const TagFollowToggle = lazyInBrowser(
  async () => (await import('./tag-follow-toggle.tsx')).TagFollowToggle,
)

export function TagFollowButton({ slug }: { slug: string }) {
  const user = useCurrentUser()
  if (!user) {
    return (
      <Link
        to="/sign-in"
        search={{ next: `/tags/${encodeURIComponent(slug)}` }}
        className={buttonClass('line')}
      >
        Follow<span className="sr-only"> this tag</span>
      </Link>
    )
  }
  return (
    <Suspense fallback={<span className={buttonClass('line')}>Follow</span>}>
      <TagFollowToggle slug={slug} />
    </Suspense>
  )
}
