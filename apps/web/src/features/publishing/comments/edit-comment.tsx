import type { CommentView } from '@galley/contract/publishing/comments'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { CommentForm } from './comment-form.tsx'

export function EditComment({ comment, onDone }: { comment: CommentView; onDone: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const update = useMutation(
    trpc.comments.update.mutationOptions({
      onSuccess: (changed) => {
        queryClient.setQueriesData(
          trpc.comments.list.queryFilter(),
          (list: { items: CommentView[] } | undefined) =>
            list && {
              ...list,
              items: list.items.map((item) => (item.id === changed.id ? changed : item)),
            },
        )
        onDone()
      },
    }),
  )
  return (
    <CommentForm
      label="Your comment"
      hideLabel
      action="Save"
      body={comment.body}
      onSubmit={(body) => update.mutateAsync({ id: comment.id, body })}
      onCancel={onDone}
    />
  )
}
