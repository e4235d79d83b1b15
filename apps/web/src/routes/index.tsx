import { EmptyState } from '@galley/ui/empty-state'
import { buttonClass } from '@galley/ui/button'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { ArticleGrid } from '../features/articles/article-grid.tsx'
import { ArticleLead } from '../features/articles/article-lead.tsx'
import { HomeTabs } from '../features/articles/home-tabs.tsx'
import { ListSkeleton } from '../features/articles/list-skeleton.tsx'
import { newestArticles } from '../features/articles/queries.ts'
import { Pager } from '../features/layout/pager.tsx'
import { busiestTags } from '../features/tags/queries.ts'
import { TagBar } from '../features/tags/tag-bar.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { siteName } from '../lib/site.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(
      Promise.all([
        queryClient.ensureQueryData(newestArticles(trpc, cursor)),
        queryClient.ensureQueryData(busiestTags(trpc)),
      ]),
    ),
  head: ({ match: { context, search } }) =>
    pageHead(
      search.cursor
        ? { title: 'Older articles', hidden: true }
        : { canonical: `${context.site.origin}/` },
    ),
  component: Home,
  pendingComponent: ListSkeleton,
})

function Home() {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(newestArticles(useTRPC(), cursor))
  const lead = cursor ? undefined : data.items[0]
  return (
    <>
      <TagBar />
      <div className="page">
        <h1 className="sr-only">{cursor ? 'Older articles' : `${siteName}: newest articles`}</h1>
        <HomeTabs />
        {data.items.length === 0 && <NoArticles />}
        {lead && <ArticleLead article={lead} />}
        <ArticleGrid articles={lead ? data.items.slice(1) : data.items} />
        <Pager
          cursor={cursor}
          nextCursor={data.page.nextCursor}
          first="Newest articles"
          next="Older articles"
        />
      </div>
    </>
  )
}

function NoArticles() {
  return (
    <EmptyState
      title="Nothing has been published yet"
      action={
        <Link to="/editor/$id" params={{ id: 'new' }} className={buttonClass()}>
          Write the first article
        </Link>
      }
    />
  )
}
