import type { SettingsView, UpdateSettings } from '@galley/contract/settings'
import { Button } from '@galley/ui/button'
import type { ReactNode } from 'react'
import type { DefaultValues, FieldValues } from 'react-hook-form'
import type { z } from 'zod'
import { useApiForm } from '../../../lib/form.ts'
import { notify } from '../../../lib/notify.ts'
import { Form } from '../layout/form.tsx'
import { LeaveGuard } from '../layout/leave-guard.tsx'
import { useSettings } from './use-save-settings.ts'

type Change = Omit<UpdateSettings, 'version'>

type SettingsFormProps<Input extends FieldValues, Output extends FieldValues & Change> = {
  /** From what is typed to what is set. */
  schema: z.ZodType<Output, Input>
  /** What is typed where this is set. */
  valuesOf: (view: SettingsView) => Input
  children: (form: Fields<Input, Output>, view: SettingsView) => ReactNode
}

type Fields<Input extends FieldValues, Output extends FieldValues> = Pick<
  ReturnType<typeof useApiForm<Input, Output, SettingsView>>,
  'register' | 'errors'
>

/** Settings that are saved together; what the server made of them is shown then. */
export function SettingsForm<Input extends FieldValues, Output extends FieldValues & Change>({
  schema,
  valuesOf,
  children,
}: SettingsFormProps<Input, Output>) {
  const { view, save } = useSettings()
  const form = useApiForm<Input, Output, SettingsView>({
    schema,
    defaultValues: valuesOf(view) as DefaultValues<Input>, // all of its fields
    send: save,
    onSuccess: (saved, { reset }) => {
      reset(valuesOf(saved))
      void notify({ title: 'The settings are saved.' })
    },
  })
  const failure = form.errors.root?.message
  return (
    <div className="max-w-form">
      <Form submit={form.submit} failure={failure}>
        <LeaveGuard isDirty={form.isDirty} />
        {children(form, view)}
        <Button type="submit" busy={form.busy} className="mt-2 self-start">
          Save
        </Button>
      </Form>
    </div>
  )
}
