import { EmptyState } from '@galley/ui/empty-state'
import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { MyArticleRow } from '../features/publishing/articles/my-article-row.tsx'
import { NewArticleLink } from '../features/publishing/articles/new-article-link.tsx'
import { InvitationList } from '../features/publishing/co-authors/invitation-list.tsx'
import { coAuthorInvitations } from '../features/publishing/co-authors/queries.ts'
import { myArticles } from '../features/publishing/articles/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch, oneOf } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

export const Route = createFileRoute('/me/articles')({
  validateSearch: (search): { cursor?: string; show?: 'published' | 'invitations' } => ({
    ...cursorSearch(search),
    show: oneOf(['published', 'invitations'], search['show']),
  }),
  loaderDeps: ({ search: { cursor, show } }) => ({ cursor, show }),
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, deps: { cursor, show } }) =>
    loadPage<unknown>(
      show === 'invitations'
        ? queryClient.ensureQueryData(coAuthorInvitations(trpc, cursor))
        : queryClient.ensureQueryData(myArticles(trpc, show ?? 'draft', cursor)),
    ),
  head: ({ match }) => pageHead(match.context.site, { title: 'My articles', hidden: true }),
  component: MyArticles,
})

function MyArticles() {
  const { cursor, show } = Route.useSearch()
  const { user } = Route.useRouteContext()
  return (
    <div className="page max-w-[60rem]">
      <PageHeader
        title="My articles"
        aside={user.can.write && <NewArticleLink>New article</NewArticleLink>}
      />
      <MyArticlesTabs />
      {show === 'invitations' ? (
        <InvitationList cursor={cursor} user={user} />
      ) : (
        <Articles cursor={cursor} show={show} />
      )}
    </div>
  )
}

type ArticlesProps = { cursor: string | undefined; show: 'published' | undefined }

function Articles({ cursor, show }: ArticlesProps) {
  const { data } = useSuspenseQuery(myArticles(useTRPC(), show ?? 'draft', cursor))
  return (
    <>
      {data.items.length === 0 ? (
        <Nothing show={show ?? 'draft'} />
      ) : (
        <ul>
          {data.items.map((article) => (
            <MyArticleRow key={article.id} article={article} />
          ))}
        </ul>
      )}
      <Pager
        cursor={cursor}
        nextCursor={data.page.nextCursor}
        first="First page"
        next="Next page"
        filter={{ show }}
      />
    </>
  )
}

function Nothing({ show }: { show: 'draft' | 'published' }) {
  if (show === 'published') {
    return (
      <EmptyState title="You have not published anything yet">
        Published articles appear here and on the home page.
      </EmptyState>
    )
  }
  return (
    <EmptyState title="No drafts" action={<NewArticleLink>Start an article</NewArticleLink>}>
      A draft is saved while you type. Only you and the editors of this site can see it.
    </EmptyState>
  )
}

function MyArticlesTabs() {
  return (
    <nav aria-label="Which articles" className={tabRowClass}>
      <Link
        to="/me/articles"
        search={{ show: undefined }}
        activeOptions={{ explicitUndefined: true }}
        className={tabLinkClass}
      >
        Drafts
      </Link>
      <Link to="/me/articles" search={{ show: 'published' }} className={tabLinkClass}>
        Published
      </Link>
      <Link to="/me/articles" search={{ show: 'invitations' }} className={tabLinkClass}>
        Invitations
      </Link>
    </nav>
  )
}
