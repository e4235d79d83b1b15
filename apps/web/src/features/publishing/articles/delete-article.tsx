import type { MyArticle } from '@galley/contract/publishing/articles'
import { ConfirmDialog } from '@galley/ui/alert-dialog'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { isReadable } from './article-status.tsx'
import { articleSource } from './queries.ts'
import { useRefreshArticles } from './use-refresh-articles.ts'

type DeleteArticleProps = {
  article: Pick<MyArticle, 'id' | 'slug' | 'title' | 'status'>
  onClose: () => void
  onDeleted?: () => void
}

/** Asks, then moves an article to the trash. */
export function DeleteArticle({ article, onClose, onDeleted }: DeleteArticleProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const refresh = useRefreshArticles()
  const remove = useMutation(
    trpc.articles.delete.mutationOptions({
      onSuccess: async ({ id }) => {
        onClose()
        queryClient.removeQueries({ queryKey: articleSource(trpc, id).queryKey })
        queryClient.removeQueries(trpc.articles.bySlug.queryFilter({ slug: article.slug }))
        onDeleted?.()
        await refresh()
        void notify({ title: 'The article is in the trash.' })
      },
      onError: notifyFailure('The article was not deleted.'),
    }),
  )
  return (
    <ConfirmDialog
      title={`Delete “${article.title || 'Untitled'}”?`}
      description={
        isReadable(article.status)
          ? 'Readers can no longer open it. It is kept in the trash for 30 days, with its comments and favourites.'
          : 'It is kept in the trash for 30 days.'
      }
      cancel="Keep it"
      confirm="Delete"
      busy={remove.isPending}
      onCancel={onClose}
      onConfirm={() => remove.mutate({ id: article.id })}
    />
  )
}
