import type { ErrorReason } from '@galley/contract/errors'
import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { fieldsOf, messageOf, reasonOf } from './errors.ts'

/** Refusals that are about one field, though the server names only the rule. */
const fieldByReason: Partial<Record<ErrorReason, string>> = {
  'user/email-taken': 'email',
  'user/username-taken': 'username',
}

/** Where each message of a failed call belongs: beside a field of the form, or above the form. */
export function placeFailure(error: unknown, names: readonly string[]) {
  const reason = reasonOf(error)
  const named = reason && fieldByReason[reason]
  if (named !== undefined && names.includes(named)) {
    return { fields: [{ name: named, message: messageOf(error) }], form: undefined }
  }
  const fields = fieldsOf(error).flatMap(({ path, message }) => {
    const name = names.find((candidate) => path === candidate || path.startsWith(`${candidate}.`))
    return name === undefined ? [] : [{ name, message }]
  })
  return { fields, form: fields.length > 0 ? undefined : messageOf(error) }
}

/** Shows the error of a failed call in the form that made it, and moves the focus to the first wrong field. */
export function showFailure<Values extends FieldValues>(
  form: UseFormReturn<Values, unknown, FieldValues | undefined>,
  error: unknown,
) {
  const names = Object.keys(form.getValues()) as FieldPath<Values>[]
  const placed = placeFailure(error, names)
  for (const [index, { name, message }] of placed.fields.entries()) {
    const known = names.find((candidate) => candidate === name)
    if (known) form.setError(known, { message }, { shouldFocus: index === 0 })
  }
  if (placed.form) form.setError('root', { message: placed.form })
}
