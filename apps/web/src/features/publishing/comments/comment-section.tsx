import type { ArticleView } from '@galley/contract/publishing/articles'
import { buttonClass } from '@galley/ui/button'
import { Skeleton } from '@galley/ui/skeleton'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useTRPC } from '../../../lib/trpc.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'
import { CommentItem } from './comment-item.tsx'
import { commentsOf } from './queries.ts'

const NewComment = lazy(async () => ({ default: (await import('./comment-form.tsx')).NewComment }))

type CommentSectionProps = { article: ArticleView; cursor: string | undefined }

/** What readers said, oldest first, and where to say something. */
export function CommentSection({ article, cursor }: CommentSectionProps) {
  const { data } = useSuspenseQuery(commentsOf(useTRPC(), article.id, cursor))
  return (
    <section
      id="comments"
      aria-labelledby="comments-title"
      className="scroll-mt-6 pt-12 print:hidden"
    >
      <h2 id="comments-title" className="headline text-2xl">
        Comments{' '}
        {article.commentCount > 0 && (
          <span className="ml-1 font-sans text-base font-normal text-soft tabular-nums">
            {article.commentCount}
          </span>
        )}
      </h2>
      {data.items.length === 0 && <p className="mt-3 text-soft">No comments yet.</p>}
      <ol className="mt-4">
        {data.items.map((comment) => (
          <CommentItem key={comment.id} comment={comment} article={article} />
        ))}
      </ol>
      <CommentPager slug={article.slug} cursor={cursor} nextCursor={data.page.nextCursor} />
      <div className="mt-8">
        <Reply article={article} cursor={cursor} />
      </div>
    </section>
  )
}

function Reply({ article, cursor }: CommentSectionProps) {
  const user = useCurrentUser()
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
      <NewComment key={article.id} article={article} cursor={cursor} />
    </Suspense>
  )
}

type CommentPagerProps = { slug: string; cursor: string | undefined; nextCursor: string | null }

function CommentPager({ slug, cursor, nextCursor }: CommentPagerProps) {
  if (!cursor && nextCursor === null) return null
  return (
    <nav aria-label="Pages of comments" className="mt-6 flex flex-wrap gap-3">
      {cursor && (
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
