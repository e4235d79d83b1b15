import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link, notFound } from '@tanstack/react-router'
import { ArticleList } from '../features/articles/article-list.tsx'
import { ListSkeleton } from '../features/articles/list-skeleton.tsx'
import { articlesOf } from '../features/articles/queries.ts'
import { PageHeader } from '../features/layout/page-header.tsx'
import { tagName } from '../features/tags/tag-links.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/tags/$slug')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: async ({ context: { queryClient, trpc }, params: { slug }, deps: { cursor } }) => {
    const articles = articlesOf(trpc, { tag: slug, cursor })
    const { items } = await loadPage(queryClient.ensureQueryData(articles))
    // A tag is there as long as an article carries it.
    if (items.length === 0 && cursor === undefined) throw notFound()
  },
  head: ({ match: { context }, params: { slug } }) =>
    pageHead(context.site, {
      title: tagName(slug),
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
        <PageHeader eyebrow="Tag" title={tagName(slug)} />
      </div>
      <ArticleList
        list={data}
        cursor={cursor}
        empty={
          <EmptyState
            title="No more articles with this tag"
            action={
              <Link to="/tags" className={buttonClass('line')}>
                Browse all tags
              </Link>
            }
          />
        }
      />
    </div>
  )
}
