import { RequestReview, SendBackArticle } from '@galley/contract/publishing/article-steps'
import { Button } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { Field, Textarea } from '@galley/ui/field'
import { useApiForm } from '../../../../lib/form.ts'
import { Form } from '../../../platform/layout/form.tsx'

type DialogProps<Answer> = {
  onClose: () => void
  /** Resolves when it is done, or refused where the editor shows that. */
  onChosen: (answer: Answer) => Promise<unknown>
}

const Note = RequestReview.pick({ note: true })

/** Asks what editors should know. */
export function RequestReviewDialog({ onClose, onChosen }: DialogProps<string>) {
  const { register, errors, busy, submit } = useApiForm({
    schema: Note,
    defaultValues: { note: '' },
    send: ({ note = '' }) => onChosen(note),
    onSuccess: onClose,
  })
  return (
    <Dialog
      title="Ask for a review"
      description="Editors publish the article, or send it back with a reason. You can still change it, and take it back."
      onClose={onClose}
    >
      <Form submit={submit} failure={errors.root?.message}>
        <Field label="A note for the editors" hint="Optional" error={errors.note?.message}>
          <Textarea rows={3} maxLength={2000} {...register('note')} />
        </Field>
        <Buttons confirm="Ask for a review" busy={busy} onClose={onClose} />
      </Form>
    </Dialog>
  )
}

const Reason = SendBackArticle.pick({ reason: true })

/** Asks for the reason, which the author reads. */
export function SendBackDialog({ onClose, onChosen }: DialogProps<string>) {
  const { register, errors, busy, submit } = useApiForm({
    schema: Reason,
    defaultValues: { reason: '' },
    send: ({ reason }) => onChosen(reason),
    onSuccess: onClose,
  })
  return (
    <Dialog
      title="Send the article back"
      description="It becomes a draft again, and its author reads why."
      onClose={onClose}
    >
      <Form submit={submit} failure={errors.root?.message}>
        <Field label="Reason" error={errors.reason?.message}>
          <Textarea rows={3} maxLength={2000} {...register('reason')} />
        </Field>
        <Buttons confirm="Send it back" busy={busy} onClose={onClose} />
      </Form>
    </Dialog>
  )
}

type ButtonsProps = { confirm: string; busy: boolean; onClose: () => void }

const Buttons = ({ confirm, busy, onClose }: ButtonsProps) => (
  <div className="flex flex-wrap justify-end gap-3">
    <Button variant="line" onClick={onClose}>
      Cancel
    </Button>
    <Button type="submit" busy={busy}>
      {confirm}
    </Button>
  </div>
)
