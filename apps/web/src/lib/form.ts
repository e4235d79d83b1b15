import type { ErrorReason } from '@galley/contract/errors'
import { zodResolver } from '@hookform/resolvers/zod'
import { type SubmitEvent, useEffect, useRef } from 'react'
import {
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  useForm,
  type UseFormReturn,
} from 'react-hook-form'
import type { z } from 'zod'
import { fieldsOf, messageOf, reasonOf } from './errors.ts'

type Form<Input extends FieldValues, Output extends FieldValues> = UseFormReturn<
  Input,
  unknown,
  Output
>

type ApiForm<Input extends FieldValues, Output extends FieldValues, Result> = {
  schema: z.ZodType<Output, Input>
  /** Where one changes, its field shows that, unless somebody has typed in it. */
  defaultValues: DefaultValues<Input>
  /** Rejects with the error of the call; the form shows it. */
  send: (values: Output) => Promise<Result>
  /** The form stays busy until this is over. */
  onSuccess: (result: Result, form: SentForm<Input>) => void | Promise<void>
}

type SentForm<Input extends FieldValues> = {
  /** What was in the fields when it was sent. */
  sent: Input
  /** Empties the fields, or shows these; what was typed while the call was under way stays. Returns whether something was. */
  reset: (values?: Input) => boolean
}

/** A form that checks its values as the API will, sends them, and shows where the API refused them. */
export function useApiForm<Input extends FieldValues, Output extends FieldValues, Result>({
  schema,
  defaultValues,
  send,
  onSuccess,
}: ApiForm<Input, Output, Result>) {
  const form = useForm({ resolver: zodResolver(schema), defaultValues })
  const { errors, isSubmitting, isDirty } = form.formState
  const isSending = useRef(false)
  useChangedDefaults(form, defaultValues)
  const sendValid = form.handleSubmit(async (values) => {
    const [sent, texts] = [form.getValues(), textsOf(form)]
    try {
      const result = await send(values)
      await onSuccess(result, { sent, reset: (next) => resetSent(form, texts, next) })
    } catch (error) {
      showFailure(form, error)
    }
  })
  const submit = async (event: SubmitEvent) => {
    event.preventDefault()
    // The busy button is no submit button, but Enter in a form of one field needs none.
    if (isSending.current) return
    if (showIncomplete(form, event.target)) return
    isSending.current = true
    try {
      await sendValid(event)
    } finally {
      isSending.current = false
    }
  }
  return {
    register: form.register,
    errors,
    busy: isSubmitting,
    /** Whether something typed is not sent yet; for the leave guard. */
    isDirty: () => isDirty,
    submit,
  }
}

function useChangedDefaults<Input extends FieldValues, Output extends FieldValues>(
  form: Form<Input, Output>,
  defaultValues: DefaultValues<Input>,
) {
  const shown = useRef(defaultValues)
  useEffect(() => {
    const before = shown.current
    shown.current = defaultValues
    for (const name of fieldNames(form)) {
      const { [name]: value } = defaultValues
      const isChanged = JSON.stringify(value) !== JSON.stringify(before[name])
      if (isChanged && !form.getFieldState(name).isDirty)
        form.resetField(name, { defaultValue: value })
    }
  })
}

/** The value of each field as a text, by which two of them are compared. */
const textsOf = <Input extends FieldValues, Output extends FieldValues>(
  form: Form<Input, Output>,
) => new Map(fieldNames(form).map((name) => [name, JSON.stringify(form.getValues(name))]))

function resetSent<Input extends FieldValues, Output extends FieldValues>(
  form: Form<Input, Output>,
  texts: ReturnType<typeof textsOf>,
  values: Input | undefined,
): boolean {
  const typed = fieldNames(form)
    .map((name) => ({ name, value: form.getValues(name) }))
    .filter(({ name, value }) => JSON.stringify(value) !== texts.get(name))
  form.reset(values)
  for (const { name, value } of typed) form.setValue(name, value, { shouldDirty: true })
  return typed.length > 0
}

/**
 * Shows where a date is typed in part, and whether there is one: the browser gives such a field the value of an empty one,
 * so that the form would be sent without it.
 */
function showIncomplete<Input extends FieldValues, Output extends FieldValues>(
  form: Form<Input, Output>,
  element: EventTarget,
): boolean {
  const inputs = element instanceof HTMLFormElement ? element.querySelectorAll('input') : []
  const incomplete = Array.from(inputs).find(({ validity }) => validity.badInput)
  const name = fieldNames(form).find((each) => each === incomplete?.name)
  if (name === undefined) return false
  form.setError(name, { message: 'Must be complete.' }, { shouldFocus: true })
  return true
}

const fieldNames = <Input extends FieldValues, Output extends FieldValues>(
  form: Form<Input, Output>,
) => Object.keys(form.getValues()) as FieldPath<Input>[]

/** Refusals that are about one field, though the server names only the rule. */
const fieldsByReason: Partial<Record<ErrorReason, string[]>> = {
  'user/username-taken': ['username'],
  'password/wrong': ['currentPassword', 'password'],
  'password/too-common': ['password'],
  'password/breached': ['password'],
  'session/wrong-code': ['code'],
  'totp/wrong-code': ['code'],
}

/** Where each message of a failed call belongs: beside a field of the form, or above the form. */
export function placeFailure(error: unknown, names: readonly string[]) {
  const reason = reasonOf(error)
  const about = (reason && fieldsByReason[reason]) ?? []
  const named = about.find((name) => names.includes(name))
  if (named !== undefined) {
    return { fields: [{ name: named, message: messageOf(error) }], form: undefined }
  }
  const fields = fieldsOf(error).flatMap(({ path, message }) => {
    const name = names.find((candidate) => path === candidate || path.startsWith(`${candidate}.`))
    return name === undefined ? [] : [{ name, message }]
  })
  return { fields, form: fields.length > 0 ? undefined : messageOf(error) }
}

/** Shows the error of a failed call in the form that made it, and moves the focus to the first wrong field. */
function showFailure<Input extends FieldValues, Output extends FieldValues>(
  form: Form<Input, Output>,
  error: unknown,
) {
  const names = fieldNames(form)
  const placed = placeFailure(error, names)
  for (const [index, { name, message }] of placed.fields.entries()) {
    const known = names.find((candidate) => candidate === name)
    if (known) form.setError(known, { message }, { shouldFocus: index === 0 })
  }
  if (placed.form) form.setError('root', { message: placed.form })
}
