import type { ArticleView } from '@galley/contract/articles'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify } from '../../lib/notify.ts'
import { useTRPC } from '../../lib/trpc.ts'
import { articleBySlug } from '../articles/queries.ts'
import { CommentForm } from './comment-form.tsx'
import { commentsOf } from './queries.ts'

/** The form below the comments; what it adds appears at once at the end of the page shown. */
export function NewComment({
  article,
  cursor,
}: {
  article: ArticleView
  cursor: string | undefined
}) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const create = useMutation(
    trpc.comments.create.mutationOptions({
      onSuccess: (comment) => {
        queryClient.setQueryData(
          commentsOf(trpc, article.id, cursor).queryKey,
          (list) => list && { ...list, items: [...list.items, comment] },
        )
        queryClient.setQueryData(
          articleBySlug(trpc, article.slug).queryKey,
          (view) => view && { ...view, commentCount: view.commentCount + 1 },
        )
        void notify({ title: 'Your comment is published.' })
      },
    }),
  )
  return (
    <CommentForm
      label="Add a comment"
      submit="Publish comment"
      onSubmit={(body) => create.mutateAsync({ articleId: article.id, body })}
    />
  )
}
