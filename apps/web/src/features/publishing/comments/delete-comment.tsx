import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { countComment, removeComment } from './comment-cache.ts'

type DeleteCommentProps = { comment: CommentView; article: ArticleView; onClose: () => void }

export function DeleteComment({ comment, article, onClose }: DeleteCommentProps) {
  const trpc = useTRPC()
  const cache = { trpc, queryClient: useQueryClient() }
  const remove = useMutation(
    trpc.comments.delete.mutationOptions({
      onSuccess: ({ id }) => {
        removeComment(cache, id)
        countComment(cache, { slug: article.slug, id, step: -1 })
        void notify({ title: 'The comment is deleted.' })
      },
      onError: notifyFailure('The comment was not deleted.'),
      onSettled: onClose,
    }),
  )
  const kept = comment.replyCount > 0 ? ' Its replies stay.' : ''
  return (
    <ConfirmDialog
      title="Delete this comment?"
      description={`The comment by ${comment.author.displayName} is deleted for everybody.${kept} This cannot be undone.`}
      cancel="Keep it"
      confirm="Delete"
      busy={remove.isPending}
      onCancel={onClose}
      onConfirm={() => remove.mutate({ id: comment.id })}
    />
  )
}
