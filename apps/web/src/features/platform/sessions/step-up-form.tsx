import { BySecondFactor, CreateSession } from '@galley/contract/platform/sessions'
import { Button } from '@galley/ui/button'
import { Field, Input } from '@galley/ui/field'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { CodeField } from './code-field.tsx'

const ByPassword = CreateSession.pick({ password: true })

type StepUpByPasswordProps = { email: string; onConfirmed: () => void }

export function StepUpByPassword({ email, onConfirmed }: StepUpByPasswordProps) {
  const stepUp = useMutation(useTRPC().sessions.stepUp.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: ByPassword,
    defaultValues: { password: '' },
    send: stepUp.mutateAsync,
    onSuccess: onConfirmed,
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      {/* Tells password managers whose password is asked for. */}
      <input type="text" autoComplete="username" value={email} readOnly hidden />
      <Field label="Your password" error={errors.password?.message}>
        <Input type="password" autoComplete="current-password" required {...register('password')} />
      </Field>
      <Button type="submit" busy={busy}>
        Confirm
      </Button>
    </Form>
  )
}

export function StepUpByCode({ onConfirmed }: { onConfirmed: () => void }) {
  const stepUp = useMutation(useTRPC().sessions.stepUp.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: BySecondFactor,
    defaultValues: { code: '' },
    send: stepUp.mutateAsync,
    onSuccess: onConfirmed,
  })
  return (
    <Form submit={submit} failure={errors.root?.message}>
      <CodeField error={errors.code?.message} {...register('code')} />
      <Button type="submit" busy={busy}>
        Confirm
      </Button>
    </Form>
  )
}
