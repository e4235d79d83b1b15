import type { ArticleView } from '@galley/contract/publishing/articles'
import { buttonClass } from '@galley/ui/button'
import { Skeleton } from '@galley/ui/skeleton'
import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link, useLocation, useNavigate } from '@tanstack/react-router'
import { lazy, type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { lazyInBrowser } from '../../../lib/lazy-in-browser.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'
import { CommentThread } from './comment-thread.tsx'
import { type CommentPlace, commentsOf } from './queries.ts'

const NewComment = lazyInBrowser(async () => (await import('./write-comment.tsx')).NewComment)
const LiveComments = lazy(async () => ({
  default: (await import('./live-comments.tsx')).LiveComments,
}))
const CloseComments = lazyInBrowser(
  async () => (await import('./close-comments.tsx')).CloseComments,
)

type CommentSectionProps = { article: ArticleView; place: CommentPlace }

/** What readers said, oldest first, and where to say something. */
export function CommentSection({ article, place }: CommentSectionProps) {
  const { data } = useSuspenseQuery(commentsOf(useTRPC(), article.id, place))
  const target = useTarget(article, place, data)
  const section = useRef<HTMLElement>(null)
  const isReached = useReached(section)
  return (
    <section
      ref={section}
      id="comments"
      aria-labelledby="comments-title"
      className="scroll-mt-6 pt-12 print:hidden"
    >
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="comments-title" className="headline text-2xl">
          Comments{' '}
          {article.commentCount > 0 && (
            <span className="ml-1 font-sans text-base font-normal text-soft tabular-nums">
              {article.commentCount}
            </span>
          )}
        </h2>
        {article.can.closeComments && (
          <Suspense>
            <CloseComments article={article} />
          </Suspense>
        )}
      </div>
      {data.items.length === 0 && <p className="mt-3 text-soft">No comments yet.</p>}
      <ol className="mt-4">
        {data.items.map((thread) => (
          <CommentThread key={thread.id} thread={thread} article={article} target={target} />
        ))}
      </ol>
      {isReached && (
        <Suspense>
          <LiveComments key={article.id} article={article} place={place} />
        </Suspense>
      )}
      <CommentPager slug={article.slug} place={place} nextCursor={data.page.nextCursor} />
      <div className="mt-8">
        <Compose article={article} place={place} />
      </div>
    </section>
  )
}

/** The anchor in the address. Its comment is focused; where this page does not have it, the one that does is opened. */
function useTarget(article: ArticleView, { around }: CommentPlace, shown: unknown): string {
  const cache = { trpc: useTRPC(), queryClient: useQueryClient() }
  const navigate = useNavigate()
  const hash = useLocation({ select: (location) => location.hash })
  // The server does not know it: not before the page is alive.
  const [target, setTarget] = useState('')
  useEffect(() => {
    setTarget(hash)
    const [, id] = /^comment-([\da-f-]{36})$/.exec(hash) ?? []
    if (id === undefined) return
    const element = document.getElementById(hash)
    if (element) {
      element.focus()
      return
    }
    const open = (comment: string) =>
      void navigate({ to: '.', search: { comment }, hash, replace: true })
    void import('./show-target.ts').then(
      ({ showTarget }) => showTarget(cache, { id, article, shown: around, open }),
      () => {},
    )
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- once for each address, and each page of comments
  }, [hash, shown === undefined, around])
  return target
}

/** Whether somebody has read as far as an element: nobody else watches what happens there. */
function useReached(element: RefObject<HTMLElement | null>): boolean {
  const [isReached, setReached] = useState(false)
  useEffect(() => {
    if (!element.current || isReached || !('IntersectionObserver' in window)) return
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) setReached(true)
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, isReached])
  return isReached
}

function Compose({ article, place }: CommentSectionProps) {
  const user = useCurrentUser()
  if (article.status === 'archived') return null
  if (article.commentsClosed) return <p className="text-soft">The comments are closed.</p>
  if (!user) {
    return (
      <Link
        to="/sign-in"
        search={{ next: `/articles/${article.slug}#comments` }}
        className={buttonClass('line')}
      >
        Sign in to comment
      </Link>
    )
  }
  if (!article.can.comment) return null
  return (
    <Suspense fallback={<Skeleton className="h-40 w-full" />}>
      <NewComment key={article.id} article={article} place={place} />
    </Suspense>
  )
}

type CommentPagerProps = { slug: string; place: CommentPlace; nextCursor: string | null }

function CommentPager({ slug, place, nextCursor }: CommentPagerProps) {
  const isFirst = place.cursor === undefined && place.around === undefined
  if (isFirst && nextCursor === null) return null
  return (
    <nav aria-label="Pages of comments" className="mt-6 flex flex-wrap gap-3">
      {!isFirst && (
        <Link
          to="/articles/$slug"
          params={{ slug }}
          hash="comments"
          className={buttonClass('line', 'small')}
        >
          First comments
        </Link>
      )}
      {nextCursor !== null && (
        <Link
          to="/articles/$slug"
          params={{ slug }}
          search={{ comments: nextCursor }}
          hash="comments"
          className={buttonClass('line', 'small')}
        >
          More comments
        </Link>
      )}
    </nav>
  )
}
