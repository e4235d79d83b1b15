import { Field, Input } from '@galley/ui/field'
import type { ComponentProps } from 'react'

type NewPasswordFieldProps = ComponentProps<typeof Input> & { error: string | undefined }

/** A password to choose. */
export function NewPasswordField({ error, ...rest }: NewPasswordFieldProps) {
  return (
    <Field label="New password" hint="8 to 128 characters of any kind." error={error}>
      <Input type="password" autoComplete="new-password" required {...rest} />
    </Field>
  )
}
