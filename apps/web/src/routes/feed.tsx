import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { ArticleList } from '../features/publishing/articles/article-list.tsx'
import { HomeTabs, TagBar } from '../features/publishing/articles/home-navigation.tsx'
import { articleFeed } from '../features/publishing/articles/queries.ts'
import { ListSkeleton } from '../features/publishing/articles/skeletons.tsx'
import { FollowedTags, followedTags } from '../features/publishing/tag-follows/followed-tags.tsx'
import { busiestTags } from '../features/publishing/tags/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/feed')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, deps: { cursor } }) =>
    loadPage(
      Promise.all([
        queryClient.ensureQueryData(articleFeed(trpc, cursor)),
        queryClient.ensureQueryData(busiestTags(trpc)),
        queryClient.ensureQueryData(followedTags(trpc)),
      ]),
    ),
  head: ({ match }) => pageHead(match.context.site, { title: 'Following', hidden: true }),
  component: Feed,
  pendingComponent: ListSkeleton,
})

function Feed() {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(articleFeed(useTRPC(), cursor))
  return (
    <>
      <TagBar />
      <div className="page">
        <h1 className="sr-only">Articles by people and tags you follow</h1>
        <HomeTabs />
        <FollowedTags />
        <ArticleList list={data} cursor={cursor} empty={<NothingFollowed />} />
      </div>
    </>
  )
}

function NothingFollowed() {
  return (
    <EmptyState
      title="Your feed is empty"
      action={
        <Link to="/" className={buttonClass()}>
          Find someone to follow
        </Link>
      }
    >
      Articles by authors and with tags that you follow appear here.
    </EmptyState>
  )
}
