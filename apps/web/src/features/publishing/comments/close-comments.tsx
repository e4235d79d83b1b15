import type { ArticleView } from '@galley/contract/publishing/articles'
import { Button } from '@galley/ui/button'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { articleBySlug } from '../articles/queries.ts'

/** For who may change an article: whether it takes comments. */
export function CloseComments({ article }: { article: ArticleView }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { id, slug, commentsClosed } = article
  const onSuccess = async (state: { commentsClosed: boolean }) => {
    queryClient.setQueryData(
      articleBySlug(trpc, slug).queryKey,
      (view) => view && { ...view, ...state, can: { ...view.can, comment: !state.commentsClosed } },
    )
    void notify({ title: `The comments are ${state.commentsClosed ? 'closed' : 'open'}.` })
    // Whether one may reply stands with each of them.
    await queryClient.invalidateQueries(trpc.comments.list.queryFilter())
  }
  const onError = notifyFailure('That was not changed.')
  const close = useMutation(trpc.articles.closeComments.mutationOptions({ onSuccess, onError }))
  const open = useMutation(trpc.articles.openComments.mutationOptions({ onSuccess, onError }))
  const change = commentsClosed ? open : close
  return (
    <Button
      variant="quiet"
      size="small"
      busy={change.isPending}
      onClick={() => change.mutate({ id })}
    >
      {commentsClosed ? 'Open comments' : 'Close comments'}
    </Button>
  )
}
