import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentThread as Thread } from '@galley/contract/publishing/comments'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { afterLoading } from '../../platform/layout/lazy-part.tsx'
import { CommentItem } from './comment-item.tsx'
import { anchorOf } from './queries.ts'

type CommentThreadProps = {
  thread: Thread
  article: ArticleView
  /** The anchor that the address of the page leads to. */
  target: string
}

/** A comment and the replies to it. */
export function CommentThread({ thread, article, target }: CommentThreadProps) {
  const { items } = thread.replies
  const left = thread.replyCount - items.length
  return (
    <li className="border-t border-rule py-4">
      <CommentItem comment={thread} article={article} isTarget={anchorOf(thread) === target} />
      {items.length > 0 && (
        <ol
          aria-label={`Replies to the comment by ${thread.author.displayName}`}
          className="mt-2 ml-5 flex flex-col gap-2 border-l border-rule pl-6 sm:ml-14"
        >
          {items.map((reply) => (
            <li key={reply.id}>
              <CommentItem
                comment={reply}
                article={article}
                isTarget={anchorOf(reply) === target}
              />
            </li>
          ))}
        </ol>
      )}
      {thread.replies.page.nextCursor !== null && left > 0 && (
        <MoreReplies thread={thread} article={article} left={left} />
      )}
    </li>
  )
}

type MoreRepliesProps = { thread: Thread; article: ArticleView; left: number }

/** Puts the other replies below; without a script, it leads to a page that has them. */
function MoreReplies({ thread, article, left }: MoreRepliesProps) {
  const cache = { trpc: useTRPC(), queryClient: useQueryClient() }
  const load = (event: MouseEvent) => {
    event.preventDefault()
    void afterLoading(
      () => import('./comment-cache.ts'),
      ({ showMoreReplies }) =>
        showMoreReplies(cache, thread).catch(notifyFailure('The replies could not be loaded.')),
    )
  }
  return (
    <Link
      to="/articles/$slug"
      params={{ slug: article.slug }}
      search={{ comment: thread.id }}
      hash={anchorOf(thread)}
      onClick={load}
      className="ml-5 inline-block py-2 pl-6 text-sm font-medium text-soft hover:text-ink sm:ml-14"
    >
      {left === 1 ? 'Show 1 more reply' : `Show ${left} more replies`}
    </Link>
  )
}
