import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { articleBySlug } from '../articles/queries.ts'

type DeleteCommentProps = { comment: CommentView; article: ArticleView; onClose: () => void }

export function DeleteComment({ comment, article, onClose }: DeleteCommentProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.comments.delete.mutationOptions({
      onSuccess: ({ id }) => {
        queryClient.setQueriesData(
          trpc.comments.list.queryFilter(),
          (list: { items: CommentView[] } | undefined) =>
            list && { ...list, items: list.items.filter((item) => item.id !== id) },
        )
        queryClient.setQueryData(
          articleBySlug(trpc, article.slug).queryKey,
          (view) => view && { ...view, commentCount: Math.max(0, view.commentCount - 1) },
        )
        void notify({ title: 'The comment is deleted.' })
      },
      onError: notifyFailure('The comment was not deleted.'),
      onSettled: onClose,
    }),
  )
  return (
    <ConfirmDialog
      title="Delete this comment?"
      description={`The comment by ${comment.author.displayName} is deleted for everybody. This cannot be undone.`}
      cancel="Keep it"
      confirm="Delete"
      busy={remove.isPending}
      onCancel={onClose}
      onConfirm={() => remove.mutate({ id: comment.id })}
    />
  )
}
