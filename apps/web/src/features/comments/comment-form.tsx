import { zodResolver } from '@hookform/resolvers/zod'
import { CreateComment } from '@galley/contract/comments'
import { Button } from '@galley/ui/button'
import { Field, Textarea } from '@galley/ui/field'
import { useForm } from 'react-hook-form'
import { showFailure } from '../../lib/form.ts'
import { FormFailure } from '../layout/form-failure.tsx'

const Body = CreateComment.pick({ body: true })

type CommentFormProps = {
  label: string
  hideLabel?: boolean
  submit: string
  body?: string
  /** Rejects with the error of the call; the form shows it. */
  onSubmit: (body: string) => Promise<unknown>
  onCancel?: () => void
}

/** A comment to write or to change. */
export function CommentForm(props: CommentFormProps) {
  const { label, hideLabel = false, submit, body = '', onSubmit, onCancel } = props
  const form = useForm({ resolver: zodResolver(Body), defaultValues: { body } })
  const { errors, isSubmitting } = form.formState
  const send = form.handleSubmit(async (values) => {
    try {
      await onSubmit(values.body)
      form.reset()
    } catch (error) {
      showFailure(form, error)
    }
  })
  return (
    <form onSubmit={(event) => void send(event)} noValidate className="flex flex-col gap-3">
      <FormFailure message={errors.root?.message} />
      <Field
        label={label}
        hideLabel={hideLabel}
        hint="Markdown works: *emphasis*, `code`, > quotes and links."
        error={errors.body?.message}
      >
        <Textarea rows={4} className="min-h-28" {...form.register('body')} />
      </Field>
      <div className="flex gap-3">
        <Button type="submit" busy={isSubmitting}>
          {submit}
        </Button>
        {onCancel && (
          <Button variant="quiet" onClick={onCancel}>
            Cancel
          </Button>
        )}
      </div>
    </form>
  )
}
