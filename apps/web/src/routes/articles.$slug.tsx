import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute } from '@tanstack/react-router'
import { articleHead } from '../features/publishing/articles/article-head.ts'
import { ArticlePage } from '../features/publishing/articles/article-page.tsx'
import { articleBySlug } from '../features/publishing/articles/queries.ts'
import { ArticleSkeleton } from '../features/publishing/articles/skeletons.tsx'
import { CommentSection } from '../features/publishing/comments/comment-section.tsx'
import { commentsOf } from '../features/publishing/comments/queries.ts'
import { failureHead } from '../lib/head.ts'
import { moved } from '../features/publishing/moved.ts'
import { loadPage } from '../lib/page-error.ts'
import { textParam } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/articles/$slug')({
  staticData: { isPublicPage: true, marksRead: true },
  /** `comments` is the cursor of the comments shown; the article is the same on every page of them. */
  validateSearch: (search): { comments?: string } => ({
    comments: textParam(search, 'comments'),
  }),
  loaderDeps: ({ search: { comments } }) => ({ comments }),
  loader: async ({ context: { queryClient, trpc }, params: { slug }, deps: { comments } }) => {
    const article = await loadPage(queryClient.ensureQueryData(articleBySlug(trpc, slug)))
    if (article.status === 'published' && article.slug !== slug) {
      throw moved({ to: '/articles/$slug', params: { slug: article.slug }, search: { comments } })
    }
    await loadPage(queryClient.ensureQueryData(commentsOf(trpc, article.id, comments)))
    return article
  },
  head: ({ match, loaderData }) =>
    loaderData ? articleHead(loaderData, match.context.site) : failureHead({ match }),
  component: Article,
  pendingComponent: ArticleSkeleton,
})

function Article() {
  const { slug } = Route.useParams()
  const { comments } = Route.useSearch()
  const { data: article } = useSuspenseQuery(articleBySlug(useTRPC(), slug))
  return (
    <ArticlePage article={article}>
      <CommentSection article={article} cursor={comments} />
    </ArticlePage>
  )
}
