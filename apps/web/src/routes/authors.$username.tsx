import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { ArticleGrid } from '../features/articles/article-grid.tsx'
import { ListSkeleton } from '../features/articles/list-skeleton.tsx'
import { articlesOf } from '../features/articles/queries.ts'
import { Pager } from '../features/layout/pager.tsx'
import { ProfileHeader } from '../features/users/profile-header.tsx'
import { missingHead, pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/authors/$username')({
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: async ({ context: { queryClient, trpc }, params: { username }, deps: { cursor } }) => {
    const [profile] = await loadPage(
      Promise.all([
        queryClient.ensureQueryData(trpc.users.byUsername.queryOptions({ username })),
        queryClient.ensureQueryData(articlesOf(trpc, { author: username, cursor })),
      ]),
    )
    return { displayName: profile.displayName, bio: profile.bio }
  },
  head: ({ match: { context }, params: { username }, loaderData }) =>
    loaderData
      ? pageHead({
          title: loaderData.displayName,
          description: loaderData.bio,
          canonical: `${context.site.origin}/authors/${username}`,
        })
      : missingHead(),
  component: Author,
  pendingComponent: ListSkeleton,
})

function Author() {
  const trpc = useTRPC()
  const { username } = Route.useParams()
  const { cursor } = Route.useSearch()
  const { data: profile } = useSuspenseQuery(trpc.users.byUsername.queryOptions({ username }))
  const { data } = useSuspenseQuery(articlesOf(trpc, { author: username, cursor }))
  return (
    <div className="page">
      <ProfileHeader profile={profile} />
      {data.items.length === 0 ? (
        <EmptyState
          title="Nothing published yet"
          action={
            profile.can.edit && (
              <Link to="/editor/$id" params={{ id: 'new' }} className={buttonClass()}>
                Write an article
              </Link>
            )
          }
        >
          {profile.displayName} has not published an article.
        </EmptyState>
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
