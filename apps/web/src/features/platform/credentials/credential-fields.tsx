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

type CodeFieldProps = ComponentProps<typeof Input> & { hint?: string; error: string | undefined }

/** A code of an authenticator; a telephone offers it from the clipboard. */
export function CodeField({
  hint = 'Six digits from your authenticator, or one of your recovery codes.',
  error,
  ...rest
}: CodeFieldProps) {
  return (
    <Field label="Code" hint={hint} error={error}>
      <Input
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        className="font-mono tracking-widest"
        {...rest}
      />
    </Field>
  )
}
