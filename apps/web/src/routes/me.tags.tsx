import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { tagName } from '../features/publishing/tags/tag-links.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import type { RouterContext } from '../lib/router-context.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/me/tags')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(myTags(trpc, cursor))),
  head: ({ match }) => pageHead(match.context.site, { title: 'Followed tags', hidden: true }),
  staticData: { accountLink: 'Followed tags' },
  component: FollowedTags,
})

function FollowedTags() {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(myTags(useTRPC(), cursor))
  return (
    <div className="page max-w-[60rem]">
      <PageHeader title="Followed tags">
        <p className="text-sm text-soft">You are told of their new articles.</p>
      </PageHeader>
      {data.items.length > 0 ? (
        <ul aria-label="Followed tags" className="border-t border-rule">
          {data.items.map(({ slug, articleCount }) => (
            <li key={slug} className="flex gap-4 border-b border-rule py-4">
              <Link to="/tags/$slug" params={{ slug }} className="font-medium hover:text-accent">
                <bdi>{tagName(slug)}</bdi>
              </Link>
              <span className="ml-auto text-sm text-soft">
                {articleCount} {articleCount === 1 ? 'article' : 'articles'}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState
          title="No followed tags yet"
          action={
            <Link to="/tags" className={buttonClass()}>
              Browse the tags
            </Link>
          }
        >
          Choose Follow on the page of a tag, and it appears here.
        </EmptyState>
      )}
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </div>
  )
}

const myTags = (trpc: RouterContext['trpc'], cursor: string | undefined) =>
  trpc.tagFollows.list.queryOptions({ cursor, limit: 30 }, { staleTime: 0 })
