import { SaveReason } from '@galley/contract/publishing/articles'
import { Field, Input } from '@galley/ui/field'

type ReasonFieldProps = { value: string; onChange: (value: string) => void }

/** Why the text is changed: for the history, with the next save that changes something. */
export function ReasonField({ value, onChange }: ReasonFieldProps) {
  const { error } = SaveReason.safeParse(value)
  return (
    <Field
      label="What you change, and why"
      hint="Optional: stands in the history, beside the next save."
      error={error?.issues[0]?.message}
    >
      <Input value={value} onChange={(event) => onChange(event.currentTarget.value)} />
    </Field>
  )
}
