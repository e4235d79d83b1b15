import type { MyArticle } from '@galley/contract/publishing/articles'
import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { articleSource } from './queries.ts'

type DeleteArticleProps = {
  article: Pick<MyArticle, 'id' | 'slug' | 'title' | 'status'>
  onClose: () => void
  onDeleted?: () => void
}

/** Asks, then deletes an article for good. */
export function DeleteArticle({ article, onClose, onDeleted }: DeleteArticleProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.articles.delete.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose()
        queryClient.removeQueries({ queryKey: articleSource(trpc, id).queryKey })
        queryClient.removeQueries(trpc.articles.bySlug.queryFilter({ slug: article.slug }))
        onDeleted?.()
        await queryClient.invalidateQueries(trpc.articles.pathFilter())
        void notify({ title: 'The article is deleted.' })
      },
      onError: notifyFailure('The article was not deleted.'),
    }),
  )
  const published = article.status === 'published'
  return (
    <ConfirmDialog
      title={`Delete “${article.title || 'Untitled'}”?`}
      description={
        published
          ? 'Readers can no longer open it, and its comments and favourites are deleted too. This cannot be undone.'
          : 'The draft is deleted for good. This cannot be undone.'
      }
      cancel="Keep it"
      confirm="Delete"
      busy={remove.isPending}
      onCancel={onClose}
      onConfirm={() => remove.mutate({ id: article.id })}
    />
  )
}
