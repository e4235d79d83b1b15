import { CreateComment } from '@galley/contract/publishing/comments'
import { Button } from '@galley/ui/button'
import { Field, Textarea } from '@galley/ui/field'
import { useApiForm } from '../../../lib/form.ts'
import { Form } from '../../platform/layout/form.tsx'
import { LeaveGuard } from '../../platform/layout/leave-guard.tsx'

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
