import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { Link } from '@tanstack/react-router'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'

/** Newest or followed, for those who can follow. */
export function HomeTabs() {
  const user = useCurrentUser()
  if (!user) return null
  return (
    <nav aria-label="Lists of articles" className={`${tabRowClass} mt-6`}>
      <Link to="/" activeOptions={{ exact: true }} className={tabLinkClass}>
        Newest
      </Link>
      <Link to="/feed" className={tabLinkClass}>
        Following
      </Link>
    </nav>
  )
}
