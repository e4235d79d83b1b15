import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { tagPage } from '../features/publishing/tags/queries.ts'
import { tagName } from '../features/publishing/tags/tag-links.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/tags/')({
  staticData: { isPublicPage: true },
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(tagPage(trpc, cursor))),
  head: ({ match: { context } }) =>
    pageHead(context.site, { title: 'Tags', canonical: `${context.site.origin}/tags` }),
  component: Tags,
})

function Tags() {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(tagPage(useTRPC(), cursor))
  return (
    <div className="page">
      <PageHeader title="Tags" />
      {data.items.length === 0 && (
        <EmptyState title="There are no tags yet">They come with published articles.</EmptyState>
      )}
      <ul className="grid gap-x-10 pb-10 sm:grid-cols-2 lg:grid-cols-3">
        {data.items.map((tag) => (
          <li key={tag.slug}>
            <Link
              to="/tags/$slug"
              params={{ slug: tag.slug }}
              className="group flex items-baseline justify-between gap-4 border-t border-rule py-4"
            >
              <bdi className="headline text-xl group-hover:text-accent">{tagName(tag.slug)}</bdi>
              <span className="text-xs text-soft tabular-nums">
                {tag.articleCount} {tag.articleCount === 1 ? 'article' : 'articles'}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="First tags"
        next="More tags"
      />
    </div>
  )
}
