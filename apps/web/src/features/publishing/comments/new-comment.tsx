import type { ArticleView } from '@galley/contract/publishing/articles'
import type { CommentView } from '@galley/contract/publishing/comments'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { articleBySlug } from '../articles/queries.ts'
import { CommentForm } from './comment-form.tsx'
import { commentsOf, findLastComments } from './queries.ts'

type NewCommentProps = { article: ArticleView; cursor: string | undefined }

/** The form below the comments; what it adds is shown at once, where it stands: at the end of the last page. */
export function NewComment({ article, cursor }: NewCommentProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const navigate = useNavigate()
  const create = useMutation(
    trpc.comments.create.mutationOptions({
      onSuccess: (comment) => {
        queryClient.setQueryData(
          articleBySlug(trpc, article.slug).queryKey,
          (view) => view && { ...view, commentCount: view.commentCount + 1 },
        )
        const shown = commentsOf(trpc, article.id, cursor).queryKey
        const nextCursor = queryClient.getQueryData(shown)?.page.nextCursor
        if (nextCursor) {
          openLastPage(comment, nextCursor).catch(
            notifyFailure('Your comment is on the last page, which could not be opened.'),
          )
        } else {
          queryClient.setQueryData(
            shown,
            (list) => list && { ...list, items: [...list.items, comment] },
          )
        }
        void notify({ title: 'Your comment is published.' })
      },
    }),
  )
  const openLastPage = async ({ id, articleId }: CommentView, nextCursor: string) =>
    navigate({
      to: '/articles/$slug',
      params: { slug: article.slug },
      search: { comments: await findLastComments({ queryClient, trpc }, articleId, nextCursor) },
      hash: `comment-${id}`,
    })
  return (
    <CommentForm
      label="Add a comment"
      action="Publish comment"
      article={article}
      onSubmit={(body) => create.mutateAsync({ articleId: article.id, body })}
    />
  )
}
