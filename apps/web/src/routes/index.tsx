import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { ArticleList } from '../features/publishing/articles/article-list.tsx'
import { HomeTabs, TagBar } from '../features/publishing/articles/home-navigation.tsx'
import { NewArticleLink } from '../features/publishing/articles/new-article-link.tsx'
import { newestArticles } from '../features/publishing/articles/queries.ts'
import { ListSkeleton } from '../features/publishing/articles/skeletons.tsx'
import { busiestTags } from '../features/publishing/tags/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { useSite } from '../lib/router-context.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/')({
  staticData: { isPublicPage: true },
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
      context.site,
      search.cursor
        ? { title: 'Older articles', hidden: true }
        : { canonical: `${context.site.origin}/` },
    ),
  component: Home,
  pendingComponent: ListSkeleton,
})

function Home() {
  const { cursor } = Route.useSearch()
  const site = useSite()
  const { data } = useSuspenseQuery(newestArticles(useTRPC(), cursor))
  return (
    <>
      <TagBar />
      <div className="page">
        <h1 className="sr-only">{cursor ? 'Older articles' : `${site.name}: newest articles`}</h1>
        <HomeTabs />
        <ArticleList list={data} cursor={cursor} lead={!cursor} empty={<NoArticles />} />
      </div>
    </>
  )
}

function NoArticles() {
  return (
    <EmptyState
      title="Nothing has been published yet"
      action={<NewArticleLink>Write the first article</NewArticleLink>}
    />
  )
}
