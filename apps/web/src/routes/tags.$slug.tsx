import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { ArticleGrid } from '../features/articles/article-grid.tsx'
import { ListSkeleton } from '../features/articles/list-skeleton.tsx'
import { articlesOf } from '../features/articles/queries.ts'
import { PageHeader } from '../features/layout/page-header.tsx'
import { Pager } from '../features/layout/pager.tsx'
import { tagName } from '../features/tags/tag-links.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/tags/$slug')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, params: { slug }, deps: { cursor } }) =>
    loadPage(queryClient.ensureQueryData(articlesOf(trpc, { tag: slug, cursor }))),
  head: ({ match: { context }, params: { slug } }) =>
    pageHead({
      title: titleOf(slug),
      description: `Articles about ${tagName(slug)}.`,
      canonical: `${context.site.origin}/tags/${encodeURIComponent(slug)}`,
    }),
  component: Tag,
  pendingComponent: ListSkeleton,
})

function Tag() {
  const { slug } = Route.useParams()
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(articlesOf(useTRPC(), { tag: slug, cursor }))
  return (
    <div className="page">
      <div className="border-b border-rule">
        <PageHeader eyebrow="Topic" title={titleOf(slug)} />
      </div>
      {data.items.length === 0 ? (
        <EmptyState
          title="No articles on this topic"
          action={
            <Link to="/tags" className={buttonClass('line')}>
              Browse all topics
            </Link>
          }
        />
      ) : (
        <ArticleGrid articles={data.items} />
      )}
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="Newest articles"
        next="Older articles"
      />
    </div>
  )
}

const titleOf = (slug: string) => {
  const name = tagName(slug)
  return name.charAt(0).toUpperCase() + name.slice(1)
}
