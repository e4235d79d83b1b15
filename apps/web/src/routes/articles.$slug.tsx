import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { createIsomorphicFn, getGlobalStartContext } from '@tanstack/react-start'
import { articleHead } from '../features/publishing/articles/article-head.ts'
import { ArticlePage } from '../features/publishing/articles/article-page.tsx'
import { articleBySlug, articlesAround } from '../features/publishing/articles/queries.ts'
import { ArticleSkeleton } from '../features/publishing/articles/skeletons.tsx'
import { CommentSection } from '../features/publishing/comments/comment-section.tsx'
import { type CommentPlace, commentsOf } from '../features/publishing/comments/queries.ts'
import { failureHead } from '../lib/head.ts'
import { moved } from '../features/publishing/moved.ts'
import { loadPage } from '../lib/page-error.ts'
import { textParam } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/articles/$slug')({
  staticData: { isPublicPage: true, marksRead: true },
  /**
   * `comments` is the cursor of the comments shown, `comment` the id of one that they begin with; the article is the same on
   * every page of them.
   */
  validateSearch: (search): { comments?: string; comment?: string } => ({
    comments: textParam(search, 'comments'),
    comment: textParam(search, 'comment'),
  }),
  loaderDeps: ({ search: { comments, comment } }) => ({ cursor: comments, around: comment }),
  loader: async ({
    context: { queryClient, trpc },
    params: { slug },
    deps: { cursor, around },
  }) => {
    const article = await loadPage(queryClient.ensureQueryData(articleBySlug(trpc, slug)))
    if (article.status === 'published' && article.slug !== slug) {
      const search = { comments: cursor, comment: around }
      throw moved({ to: '/articles/$slug', params: { slug: article.slug }, search })
    }
    // Readers who are signed in wait for no more than they came for.
    const more = isForAll() && queryClient.prefetchQuery(articlesAround(trpc, article.id))
    const load = (place: CommentPlace) =>
      queryClient.ensureQueryData(commentsOf(trpc, article.id, place))
    // A comment that is gone is no reason to hide the article.
    const begun = around === undefined ? null : await load({ around }).catch(() => null)
    if (!begun) await loadPage(load({ cursor }))
    await more
    return { article, place: begun ? { around } : { cursor } }
  },
  head: ({ match, loaderData }) =>
    loaderData ? articleHead(loaderData.article, match.context.site) : failureHead({ match }),
  component: Article,
  pendingComponent: ArticleSkeleton,
})

/** Whether the page is rendered once, to be kept for all who are signed out. */
const isForAll = createIsomorphicFn()
  .client(() => false)
  .server(() => getGlobalStartContext()?.isForAll ?? false)

function Article() {
  const { slug } = Route.useParams()
  const { place } = Route.useLoaderData()
  const { data: article } = useSuspenseQuery(articleBySlug(useTRPC(), slug))
  return (
    <ArticlePage article={article}>
      <CommentSection article={article} place={place} />
    </ArticlePage>
  )
}
