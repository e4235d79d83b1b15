import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { ArticleList } from '../features/publishing/articles/article-list.tsx'
import { NewArticleLink } from '../features/publishing/articles/new-article-link.tsx'
import { articlesOf } from '../features/publishing/articles/queries.ts'
import { ListSkeleton } from '../features/publishing/articles/skeletons.tsx'
import { ProfileHeader } from '../features/publishing/authors/author-header.tsx'
import { failureHead, pageHead } from '../lib/head.ts'
import { moved } from '../features/publishing/moved.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/authors/$username')({
  staticData: { isPublicPage: true },
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: async ({ context: { queryClient, trpc }, params: { username }, deps: { cursor } }) => {
    const [profile] = await loadPage(
      Promise.all([
        queryClient.ensureQueryData(trpc.users.byUsername.queryOptions({ username })),
        queryClient.ensureQueryData(articlesOf(trpc, { author: username, cursor })),
      ]),
    )
    const { username: named, displayName, bio } = profile
    if (named !== username) {
      throw moved({ to: '/authors/$username', params: { username: named }, search: { cursor } })
    }
    return { username: named, displayName, bio }
  },
  head: ({ match, loaderData }) =>
    loaderData
      ? pageHead(match.context.site, {
          title: loaderData.displayName,
          description: loaderData.bio,
          canonical: `${match.context.site.origin}/authors/${loaderData.username}`,
        })
      : failureHead({ match }),
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
      <ArticleList
        list={data}
        cursor={cursor}
        empty={
          <EmptyState
            title="Nothing published yet"
            action={profile.can.edit && <NewArticleLink>Write an article</NewArticleLink>}
          >
            <bdi>{profile.displayName}</bdi> has not published an article.
          </EmptyState>
        }
      />
    </div>
  )
}
