import type { ArticleView } from '@galley/contract/publishing/articles'
import { type CommentView, CreateComment } from '@galley/contract/publishing/comments'
import { Button } from '@galley/ui/button'
import { Field, Textarea } from '@galley/ui/field'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useApiForm } from '../../../lib/form.ts'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../../platform/layout/form.tsx'
import { LeaveGuard } from '../../platform/layout/leave-guard.tsx'
import { articleBySlug } from '../articles/queries.ts'
import { commentsOf, findLastComments } from './queries.ts'

const Body = CreateComment.pick({ body: true })

type CommentFormProps = {
  label: string
  hideLabel?: boolean
  action: string
  body?: string
  /** Rejects with the error of the call; the form shows it. */
  onSubmit: (body: string) => Promise<unknown>
  onCancel?: () => void
  /** For a new comment: where it goes while no script runs. */
  article?: { id: string; slug: string }
}

/** A comment to write or to change. */
export function CommentForm(props: CommentFormProps) {
  const { label, hideLabel = false, action, body = '', onSubmit, onCancel, article } = props
  const { register, errors, busy, isDirty, submit } = useApiForm({
    schema: Body,
    defaultValues: { body },
    send: (values) => onSubmit(values.body),
    onSuccess: (_, form) => form.reset(),
  })
  return (
    <Form
      submit={submit}
      failure={errors.root?.message}
      gap="gap-3"
      {...(article && { action: '/forms/comments' })}
    >
      {article && (
        <>
          <input type="hidden" name="articleId" value={article.id} />
          <input
            type="hidden"
            name="next"
            value={`/articles/${encodeURIComponent(article.slug)}`}
          />
        </>
      )}
      <LeaveGuard isDirty={isDirty} />
      <Field
        label={label}
        hideLabel={hideLabel}
        hint="Markdown works: *emphasis*, `code`, > quotes and links."
        error={errors.body?.message}
      >
        <Textarea rows={4} className="min-h-28" {...register('body')} />
      </Field>
      <div className="flex gap-3">
        <Button type="submit" busy={busy}>
          {action}
        </Button>
        {onCancel && (
          <Button variant="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </Form>
  )
}

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
