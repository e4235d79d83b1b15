import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import { Avatar } from '@galley/ui/avatar'
import { Link } from '@tanstack/react-router'
import { type ComponentType, lazy, Suspense, useState } from 'react'
import { isOffline, offlineMessage } from '../../../lib/connection.ts'
import { notify } from '../../../lib/notify.ts'
import { Prose } from '../../platform/layout/prose.tsx'
import { Moment } from '../../platform/layout/time.tsx'

const editing = lazyPart(async () => (await import('./comment-form.tsx')).EditComment)
const deleting = lazyPart(async () => (await import('./delete-comment.tsx')).DeleteComment)

type CommentItemProps = { comment: CommentView; article: ArticleView }

export function CommentItem({ comment, article }: CommentItemProps) {
  const [mode, setMode] = useState<'read' | 'edit' | 'delete'>('read')
  const { author, can } = comment
  const read = () => setMode('read')
  return (
    <li id={`comment-${comment.id}`} className="flex gap-4 border-t border-rule py-6">
      <Avatar person={author} />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <p className="flex flex-wrap items-baseline gap-x-2.5 text-xs text-soft">
          <Link
            to="/authors/$username"
            params={{ username: author.username }}
            className="text-sm font-medium text-ink hover:text-accent"
          >
            <bdi>{author.displayName}</bdi>
          </Link>
          <Moment timestamp={comment.createdAt} />
          {comment.editedAt !== null && <span>edited</span>}
        </p>
        {mode === 'edit' ? (
          <Suspense>
            <editing.Part comment={comment} onDone={read} />
          </Suspense>
        ) : (
          <Prose html={comment.bodyHtml} className="prose-small" />
        )}
        {mode !== 'edit' && (can.edit || can.delete) && (
          <p className="flex gap-5 text-xs font-medium text-soft noscript:hidden">
            {can.edit && (
              <button
                type="button"
                className="py-1 hover:text-ink"
                onClick={() => void editing.open(() => setMode('edit'))}
              >
                Edit<span className="sr-only"> your comment</span>
              </button>
            )}
            {can.delete && (
              <button
                type="button"
                className="py-1 hover:text-ink"
                onClick={() => void deleting.open(() => setMode('delete'))}
              >
                Delete
                <span className="sr-only">
                  {' '}
                  the comment by <bdi>{author.displayName}</bdi>
                </span>
              </button>
            )}
          </p>
        )}
        {mode === 'delete' && (
          <Suspense>
            <deleting.Part comment={comment} article={article} onClose={read} />
          </Suspense>
        )}
      </div>
    </li>
  )
}

/**
 * A part of a page whose script is fetched when it is first wanted. `open` fetches it before `show` puts it into the
 * page: where it cannot be had, that is said, and the page stays as it is.
 */
function lazyPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return {
    Part: lazy(async () => ({ default: await load() })),
    open: async (show: () => void) => {
      try {
        await load()
      } catch {
        await notify({ title: 'This could not be opened.', description: cause(), tone: 'bad' })
        return
      }
      show()
    },
  }
}

const cause = () => (isOffline() ? offlineMessage : 'Reload the page and try again.')
