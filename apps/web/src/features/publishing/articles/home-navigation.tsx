import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'
import { busiestTags } from '../tags/queries.ts'
import { tagName } from '../tags/tag-links.tsx'

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

/** The busiest tags in one row, like the sections below a masthead; scrolls sideways on a small screen. */
export function TagBar() {
  const { data } = useSuspenseQuery(busiestTags(useTRPC()))
  if (data.items.length === 0) return null
  return (
    <nav aria-label="Tags" className="border-b border-rule">
      <ul className="page scroll-row flex gap-6 overflow-x-auto text-xs">
        {data.items.map((tag) => (
          <li key={tag.slug} className="shrink-0">
            <Link
              to="/tags/$slug"
              params={{ slug: tag.slug }}
              className="block py-3 text-soft hover:text-ink aria-[current=page]:text-accent"
            >
              <bdi>{tagName(tag.slug)}</bdi>
            </Link>
          </li>
        ))}
        <li className="shrink-0">
          <Link to="/tags" className="block py-3 font-medium hover:text-accent">
            All tags
          </Link>
        </li>
      </ul>
    </nav>
  )
}
