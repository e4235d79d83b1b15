import { buttonClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { ArticleList } from '../features/publishing/articles/article-list.tsx'
import { articlesOf } from '../features/publishing/articles/queries.ts'
import { ListSkeleton } from '../features/publishing/articles/skeletons.tsx'
import { TagFollowButton } from '../features/publishing/tag-follows/tag-follow-button.tsx'
import { tagBySlug } from '../features/publishing/tags/queries.ts'
import { tagName } from '../features/publishing/tags/tag-links.tsx'
import { failureHead, pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/tags/$slug')({
  staticData: { isPublicPage: true },
  validateSearch: cursorSearch,
  loaderDeps: ({ search: { cursor } }) => ({ cursor }),
  loader: async ({ context: { queryClient, trpc }, params: { slug }, deps: { cursor } }) => {
    const [tag] = await loadPage(
      Promise.all([
        queryClient.ensureQueryData(tagBySlug(trpc, slug)),
        queryClient.ensureQueryData(articlesOf(trpc, { tag: slug, cursor })),
      ]),
    )
    return tag
  },
  head: ({ match, loaderData }) =>
    loaderData
      ? pageHead(match.context.site, {
          title: tagName(loaderData.slug),
          description: `Articles about ${tagName(loaderData.slug)}.`,
          canonical: `${match.context.site.origin}/tags/${encodeURIComponent(loaderData.slug)}`,
        })
      : failureHead({ match }),
  component: Tag,
  pendingComponent: ListSkeleton,
})

function Tag() {
  const { slug } = Route.useParams()
  const { cursor } = Route.useSearch()
  const trpc = useTRPC()
  const { data: tag } = useSuspenseQuery(tagBySlug(trpc, slug))
  const { data } = useSuspenseQuery(articlesOf(trpc, { tag: slug, cursor }))
  return (
    <div className="page">
      <div className="border-b border-rule">
        <PageHeader
          eyebrow="Tag"
          title={tagName(tag.slug)}
          aside={<TagFollowButton slug={tag.slug} />}
        />
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
