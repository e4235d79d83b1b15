import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RouterContext } from '../../../lib/router-context.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { tagName } from '../tags/tag-links.tsx'

/** The tags that the person follows, the last hundred: their new articles are among the notifications. */
export function FollowedTags() {
  const { data } = useSuspenseQuery(followedTags(useTRPC()))
  if (data.items.length === 0) return null
  return (
    <section aria-labelledby="followed-tags" className="flex flex-wrap items-baseline gap-x-5 pt-6">
      <h2 id="followed-tags" className="text-sm text-soft">
        Tags you follow
      </h2>
      <ul aria-labelledby="followed-tags" className="flex flex-wrap gap-x-5 text-sm">
        {data.items.map(({ slug }) => (
          <li key={slug}>
            <Link
              to="/tags/$slug"
              params={{ slug }}
              className="inline-block py-1.5 font-medium hover:text-accent"
            >
              <bdi>{tagName(slug)}</bdi>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

export const followedTags = (trpc: RouterContext['trpc']) =>
  trpc.tagFollows.list.queryOptions({ limit: 100 }, { staleTime: 0 })
