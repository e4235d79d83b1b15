import { EmptyState } from '@galley/ui/empty-state'
import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { useSuspenseQuery } from '@tanstack/react-query'
import { createFileRoute, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PageHeader } from '../features/platform/layout/page-header.tsx'
import { Pager } from '../features/platform/layout/pager.tsx'
import { useCurrentInView } from '../features/platform/layout/section.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { MyArticleRow } from '../features/publishing/articles/my-article-row.tsx'
import { NewArticleLink } from '../features/publishing/articles/new-article-link.tsx'
import { InvitationList } from '../features/publishing/co-authors/invitation-list.tsx'
import { coAuthorInvitations } from '../features/publishing/co-authors/queries.ts'
import { myArticles, trashOf } from '../features/publishing/articles/queries.ts'
import { TrashRow } from '../features/publishing/articles/trash-row.tsx'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'
import { cursorSearch, oneOf } from '../lib/search.ts'
import { useTRPC } from '../lib/trpc.ts'

const lists = ['in_review', 'scheduled', 'published', 'archived', 'trash', 'invitations'] as const

type Shown = (typeof lists)[number]

export const Route = createFileRoute('/me/articles')({
  validateSearch: (search): { cursor?: string; show?: Shown } => ({
    ...cursorSearch(search),
    show: oneOf(lists, search['show']),
  }),
  loaderDeps: ({ search: { cursor, show } }) => ({ cursor, show }),
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, deps: { cursor, show } }) =>
    loadPage<unknown>(
      show === 'invitations'
        ? queryClient.ensureQueryData(coAuthorInvitations(trpc, cursor))
        : show === 'trash'
          ? queryClient.ensureQueryData(trashOf(trpc, 'mine', cursor))
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
      {show === 'invitations' && <InvitationList cursor={cursor} user={user} />}
      {show === 'trash' && <Trash />}
      {show !== 'invitations' && show !== 'trash' && <OfStatus status={show ?? 'draft'} />}
    </div>
  )
}

function OfStatus({ status }: { status: Exclude<Shown, 'trash' | 'invitations'> | 'draft' }) {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(myArticles(useTRPC(), status, cursor))
  return (
    <List
      nextCursor={data.page.nextCursor}
      rows={data.items.map((article) => (
        <MyArticleRow key={article.id} article={article} />
      ))}
    />
  )
}

function Trash() {
  const { cursor } = Route.useSearch()
  const { data } = useSuspenseQuery(trashOf(useTRPC(), 'mine', cursor))
  return (
    <List
      nextCursor={data.page.nextCursor}
      rows={data.items.map((article) => (
        <TrashRow key={article.id} article={article} />
      ))}
    />
  )
}

function List({ rows, nextCursor }: { rows: ReactNode[]; nextCursor: string | null }) {
  const { cursor, show } = Route.useSearch()
  return (
    <>
      {rows.length === 0 ? <Nothing show={show ?? 'draft'} /> : <ul>{rows}</ul>}
      <Pager
        cursor={cursor}
        nextCursor={nextCursor}
        first="First page"
        next="Next page"
        filter={{ show }}
      />
    </>
  )
}

function Nothing({ show }: { show: Shown | 'draft' }) {
  if (show === 'draft' || show === 'invitations') {
    return (
      <EmptyState title="No drafts" action={<NewArticleLink>Start an article</NewArticleLink>}>
        A draft is saved while you type. Only you and the editors of this site can see it.
      </EmptyState>
    )
  }
  const { title, text } = nothing[show]
  return <EmptyState title={title}>{text}</EmptyState>
}

const nothing: Record<Exclude<Shown, 'invitations'>, { title: string; text: string }> = {
  in_review: {
    title: 'Nothing is in review',
    text: 'Ask for a review in the editor: an editor publishes the article, or sends it back with a reason.',
  },
  scheduled: {
    title: 'Nothing is scheduled',
    text: 'In the editor you can choose when an article is published by itself.',
  },
  published: {
    title: 'You have not published anything yet',
    text: 'Published articles appear here and on the home page.',
  },
  archived: {
    title: 'Nothing is archived',
    text: 'An archived article can still be read at its address, and is in no list.',
  },
  trash: { title: 'The trash is empty', text: 'Deleted articles are kept here for 30 days.' },
}

const tabs: [show: Shown | undefined, text: string][] = [
  [undefined, 'Drafts'],
  ['in_review', 'In review'],
  ['scheduled', 'Scheduled'],
  ['published', 'Published'],
  ['archived', 'Archived'],
  ['trash', 'Trash'],
  ['invitations', 'Invitations'],
]

function MyArticlesTabs() {
  const row = useCurrentInView<HTMLElement>()
  return (
    <nav
      ref={row}
      aria-label="Which articles"
      className={`${tabRowClass} scroll-row overflow-x-auto`}
    >
      {tabs.map(([show, text]) => (
        <Link
          key={text}
          to="/me/articles"
          search={{ show }}
          activeOptions={{ explicitUndefined: show === undefined }}
          className={`${tabLinkClass} mb-0 shrink-0`}
        >
          {text}
        </Link>
      ))}
    </nav>
  )
}
