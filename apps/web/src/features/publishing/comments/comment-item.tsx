import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import { Avatar } from '@galley/ui/avatar'
import { Link } from '@tanstack/react-router'
import { type ReactNode, Suspense, useState } from 'react'
import { afterLoading, lazyPart } from '../../platform/layout/lazy-part.tsx'
import { Prose } from '../../platform/layout/prose.tsx'
import { Moment } from '../../platform/layout/time.tsx'
import { anchorOf } from './queries.ts'

const writing = () => import('./write-comment.tsx')
const replying = lazyPart(async () => (await writing()).ReplyToComment)
const editing = lazyPart(async () => (await writing()).EditComment)
const deleting = lazyPart(async () => (await import('./delete-comment.tsx')).DeleteComment)

type CommentItemProps = {
  comment: CommentView
  article: ArticleView
  /** Whether the address of the page leads to it. */
  isTarget: boolean
}

type Mode = 'read' | 'edit' | 'delete' | 'reply'

/** A comment or a reply, with what the caller may do with it. */
export function CommentItem({ comment, article, isTarget }: CommentItemProps) {
  const [mode, setMode] = useState<Mode>('read')
  const { author, can, deletedAt, parentId } = comment
  const read = () => setMode('read')
  return (
    <div
      id={anchorOf(comment)}
      role="group"
      aria-label={nameOf(comment)}
      tabIndex={-1}
      data-target={isTarget || undefined}
      className="-mx-3 flex scroll-mt-6 gap-4 rounded-sm px-3 py-2 data-target:bg-sunken"
    >
      {deletedAt === null ? (
        <Avatar person={author} size={parentId === null ? 'normal' : 'small'} />
      ) : (
        <span aria-hidden="true" className="size-10 shrink-0 rounded-full bg-sunken" />
      )}
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <CommentHead comment={comment} article={article} />
        {deletedAt !== null && <p className="text-soft italic">This comment was deleted.</p>}
        {mode === 'edit' ? (
          <Suspense>
            <editing.Part comment={comment} article={article} onDone={read} />
          </Suspense>
        ) : (
          deletedAt === null && <Prose html={comment.bodyHtml} className="prose-small" />
        )}
        {mode !== 'edit' && deletedAt === null && (
          <p className="flex flex-wrap gap-x-5 text-xs font-medium text-soft noscript:hidden">
            {can.reply && (
              <Action onClick={() => void replying.open(() => setMode('reply'))}>
                Reply
                <Of comment={comment} word="to" />
              </Action>
            )}
            {can.edit && (
              <Action onClick={() => void editing.open(() => setMode('edit'))}>
                Edit <span className="sr-only">your comment</span>
              </Action>
            )}
            {can.delete && (
              <Action onClick={() => void deleting.open(() => setMode('delete'))}>
                Delete
                <Of comment={comment} />
              </Action>
            )}
            <Action
              onClick={() =>
                void afterLoading(
                  () => import('./copy-link.ts'),
                  ({ copyLink }) => copyLink(comment, article),
                )
              }
            >
              Copy link
              <Of comment={comment} word="to" />
            </Action>
          </p>
        )}
        {can.reply && (
          <p className="hidden text-xs font-medium noscript:block">
            <a
              href={`/forms/comments?parentId=${comment.id}&next=/articles/${encodeURIComponent(article.slug)}`}
            >
              Reply
              <Of comment={comment} word="to" />
            </a>
          </p>
        )}
        <Suspense>
          {mode === 'reply' && <replying.Part {...{ comment, article }} onDone={read} />}
          {mode === 'delete' && <deleting.Part {...{ comment, article }} onClose={read} />}
        </Suspense>
      </div>
    </div>
  )
}

function nameOf({ author, deletedAt, parentId }: CommentView) {
  const kind = parentId === null ? 'Comment' : 'Reply'
  return deletedAt === null ? `${kind} by ${author.displayName}` : `Deleted ${kind.toLowerCase()}`
}

/** Who wrote it and when, whom it answers, and whether it is as it was written. */
function CommentHead({ comment, article }: Pick<CommentItemProps, 'comment' | 'article'>) {
  const { author, answers, createdAt, deletedAt, editedAt } = comment
  const { slug } = article
  return (
    <p className="flex flex-wrap items-baseline gap-x-2.5 text-xs text-soft">
      {deletedAt === null && (
        <Link
          to="/authors/$username"
          params={{ username: author.username }}
          className="text-sm font-medium text-ink hover:text-accent"
        >
          <bdi>{author.displayName}</bdi>
        </Link>
      )}
      {answers && (
        <Link to="." hash={anchorOf(answers)} search={true} className="hover:text-ink">
          in reply to <bdi>{answers.author.displayName}</bdi>
        </Link>
      )}
      <Link
        to="/articles/$slug"
        params={{ slug }}
        hash={anchorOf(comment)}
        className="hover:text-ink"
      >
        <Moment timestamp={createdAt} />
      </Link>
      {editedAt !== null && (
        <span>
          (edited <Moment timestamp={editedAt} />)
        </span>
      )}
    </p>
  )
}

function Action({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" className="py-1 hover:text-ink" onClick={onClick}>
      {children}
    </button>
  )
}

function Of({ comment: { author, parentId }, word }: { comment: CommentView; word?: string }) {
  return (
    <>
      {' '}
      <span className="sr-only">
        {word ? `${word} the ` : 'the '}
        {parentId === null ? 'comment by ' : 'reply by '}
        <bdi>{author.displayName}</bdi>
      </span>
    </>
  )
}
