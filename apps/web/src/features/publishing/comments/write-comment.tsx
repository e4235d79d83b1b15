import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notify } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import {
  addReply,
  addThread,
  countComment,
  findShown,
  findThread,
  loadReplies,
  putComment,
} from './comment-cache.ts'
import { CommentForm } from './comment-form.tsx'
import { anchorOf, type CommentPlace, commentsOf } from './queries.ts'

type NewCommentProps = { article: ArticleView; place: CommentPlace }

/** The form below the comments; what it adds is shown at once, where it stands: at the end of the last page. */
export function NewComment({ article, place }: NewCommentProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const cache = { trpc, queryClient }
  const navigate = useNavigate()
  const create = useMutation(
    trpc.comments.create.mutationOptions({
      onSuccess: (comment) => {
        countComment(cache, { slug: article.slug, id: comment.id, step: 1 })
        const list = commentsOf(trpc, article.id, place).queryKey
        if (queryClient.getQueryData(list)?.page.nextCursor) {
          void navigate({
            to: '/articles/$slug',
            params: { slug: article.slug },
            search: { comment: comment.id },
            hash: anchorOf(comment),
          })
        } else if (!findShown(cache, comment.id)) addThread(cache, list, comment)
        void notify({ title: 'Your comment is published.' })
      },
    }),
  )
  return (
    <CommentForm
      label="Add a comment"
      action="Publish comment"
      article={article}
      isPlain
      onSubmit={(body) => create.mutateAsync({ articleId: article.id, body })}
    />
  )
}

type CommentProps = { comment: CommentView; article: ArticleView; onDone: () => void }

/** The form below a comment or a reply that is replied to. */
export function ReplyToComment({ comment, article, onDone }: CommentProps) {
  const trpc = useTRPC()
  const cache = { trpc, queryClient: useQueryClient() }
  const create = useMutation(
    trpc.comments.create.mutationOptions({
      onSuccess: async (reply) => {
        countComment(cache, { slug: article.slug, id: reply.id, step: 1 })
        if (!findShown(cache, reply.id)) addReply(cache, reply)
        await showReply(reply)
        void notify({ title: 'Your reply is published.' })
      },
    }),
  )
  /** With those before it, which may not be shown yet. */
  const showReply = async ({ id, parentId }: CommentView) => {
    for (let thread = findThread(cache, parentId); thread && !findShown(cache, id);) {
      if (thread.replies.page.nextCursor === null) return
      await loadReplies(cache, thread)
      thread = findThread(cache, parentId)
    }
  }
  return (
    <CommentForm
      label={`Your reply to ${comment.author.displayName}`}
      action="Publish reply"
      article={article}
      onSubmit={(body) => create.mutateAsync({ articleId: article.id, parentId: comment.id, body })}
      onDone={onDone}
    />
  )
}

export function EditComment({ comment, article, onDone }: CommentProps) {
  const trpc = useTRPC()
  const cache = { trpc, queryClient: useQueryClient() }
  const update = useMutation(
    trpc.comments.update.mutationOptions({
      onSuccess: (changed) => putComment(cache, changed),
    }),
  )
  return (
    <CommentForm
      label="Your comment"
      hideLabel
      action="Save"
      body={comment.body}
      article={article}
      onSubmit={(body) => update.mutateAsync({ id: comment.id, body })}
      onDone={onDone}
    />
  )
}
