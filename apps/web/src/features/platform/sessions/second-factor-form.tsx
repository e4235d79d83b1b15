import { BySecondFactor } from '@galley/contract/platform/sessions'
import { Button } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Form } from '../layout/form.tsx'
import { CodeField } from './code-field.tsx'
import { goOn } from './enter.ts'

/** The second step of a sign-in; a cookie of the first step says whose. */
export function SecondFactorForm({ next }: { next: string | undefined }) {
  const signIn = useMutation(useTRPC().sessions.createWithSecondFactor.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: BySecondFactor,
    defaultValues: { code: '' },
    send: signIn.mutateAsync,
    onSuccess: () => goOn(next),
  })
  return (
    <Form submit={submit} failure={errors.root?.message} action="/forms/second-factor">
      {next !== undefined && <input type="hidden" name="next" value={next} />}
      <CodeField error={errors.code?.message} {...register('code')} />
      <Button type="submit" busy={busy} className="mt-2">
        Sign in
      </Button>
    </Form>
  )
}
