import type { CurrentUser } from '@galley/contract/platform/users'
import { buttonClass } from '@galley/ui/button'
import { Skeleton } from '@galley/ui/skeleton'
import { createFileRoute, Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { MessagePage } from '../features/platform/layout/message-page.tsx'
import { requireUser } from '../features/platform/sessions/current-user.ts'
import { PlainEditor } from '../features/publishing/articles/plain-editor.tsx'
import { articleSource } from '../features/publishing/articles/queries.ts'
import { pageHead } from '../lib/head.ts'
import { loadPage } from '../lib/page-error.ts'

const Editor = lazy(async () => ({
  default: (await import('../features/publishing/articles/editor/editor.tsx')).Editor,
}))

/** Just saved in this page: no need to ask again before the new address shows. */
const justSaved = 5_000

export const Route = createFileRoute('/editor/$id')({
  // Rendered in the browser only: text typed before the page comes alive would be lost.
  ssr: 'data-only',
  // An older response must not be edited: its version would be stale.
  gcTime: 0,
  preload: false,
  pendingMinMs: 0,
  beforeLoad: requireUser,
  loader: ({ context: { queryClient, trpc }, params: { id } }) =>
    id === 'new'
      ? null
      : loadPage(queryClient.fetchQuery({ ...articleSource(trpc, id), staleTime: justSaved })),
  head: ({ loaderData, match }) =>
    pageHead(match.context.site, {
      title: loaderData ? `Edit ${loaderData.title || 'Untitled'}` : 'New article',
      hidden: true,
    }),
  component: EditorPage,
  pendingComponent: EditorSkeleton,
})

function EditorPage() {
  const { id } = Route.useParams()
  const { user } = Route.useRouteContext()
  const source = Route.useLoaderData()
  const navigate = useNavigate()
  const [created, setCreated] = useState<string>()
  const [opened, setOpened] = useState({ id, key: 0 })
  // A new draft that got its address stays the same editor; any other change of address opens another.
  if (opened.id !== id) {
    setOpened({ id, key: created === id ? opened.key : opened.key + 1 })
  }
  if (id === 'new' && !user.can.write) return <NoWritingPage user={user} />
  return (
    <Suspense fallback={<EditorSkeleton />}>
      <Editor
        key={opened.key}
        source={source}
        onCreated={(newId) => {
          setCreated(newId)
          void navigate({
            to: '/editor/$id',
            params: { id: newId },
            replace: true,
            resetScroll: false,
            state: { keepFocus: true },
            // At once: who is leaving meanwhile is not led back.
            ignoreBlocker: true,
          })
        }}
      />
    </Suspense>
  )
}

function EditorSkeleton() {
  return (
    <div className="page py-10">
      {/* Browsers that run scripts render nothing of it, and need not load it. */}
      <noscript>{import.meta.env.SSR && <EditorWithoutScript />}</noscript>
      <Skeleton className="h-[75vh] w-full [@media(scripting:none)]:hidden" />
    </div>
  )
}

/** Nothing before the article is there. */
function EditorWithoutScript() {
  const article = Route.useMatch({ select: ({ loaderData }) => loaderData })
  return article !== undefined && <PlainEditor article={article} />
}

/** Stands in for the editor: nothing typed there could be saved. */
function NoWritingPage({ user }: { user: CurrentUser }) {
  return (
    <MessagePage
      eyebrow="Write"
      title="This account cannot write articles"
      text={
        user.status === 'suspended'
          ? 'Your account is suspended: you can read, but not write.'
          : 'You have a reader account: you can comment, follow authors and keep favourites.'
      }
      actions={
        <Link to="/" className={buttonClass()}>
          Read the newest articles
        </Link>
      }
    />
  )
}
