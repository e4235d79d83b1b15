import type { CredentialsView } from '@galley/contract/platform/credentials'
import { BySecondFactor, CreateSession } from '@galley/contract/platform/sessions'
import { Button } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { Field, Input } from '@galley/ui/field'
import { Notice } from '@galley/ui/notice'
import { Skeleton } from '@galley/ui/skeleton'
import { useMutation, useQuery } from '@tanstack/react-query'
import { messageOf } from '../../../lib/errors.ts'
import { useApiForm } from '../../../lib/form.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { CodeField } from '../credentials/credential-fields.tsx'
import { ProviderStepUp } from '../identities/provider-buttons.tsx'
import { Form } from '../layout/form.tsx'
import { PasskeyStepUp } from '../passkeys/passkey-buttons.tsx'
import { myCredentials } from '../settings/account-queries.ts'

/** Asks for what only the person has: their password, a code or a passkey. */
export function StepUpDialog({ onClose }: { onClose: (confirmed: boolean) => void }) {
  const { data, error } = useQuery({ ...myCredentials(useTRPC()), staleTime: 0 })
  return (
    <Dialog
      title="Confirm that it is you"
      description="This changes how your account is protected. You will not be asked again for ten minutes."
      onClose={() => onClose(false)}
    >
      {data && <ConfirmMethods credentials={data} onConfirmed={() => onClose(true)} />}
      {!data && error && <Notice tone="bad" title={messageOf(error)} />}
      {!data && !error && <Skeleton className="h-28 w-full" />}
      <Button variant="quiet" onClick={() => onClose(false)}>
        Cancel
      </Button>
    </Dialog>
  )
}

type ConfirmMethodsProps = { credentials: CredentialsView; onConfirmed: () => void }

function ConfirmMethods({ credentials, onConfirmed }: ConfirmMethodsProps) {
  const { totp, password, passkeys, email } = credentials
  const here = window.location.pathname + window.location.search
  return (
    <div className="flex flex-col gap-4">
      {totp && <StepUpByCode onConfirmed={onConfirmed} />}
      {!totp && password && <StepUpByPassword email={email} onConfirmed={onConfirmed} />}
      {passkeys > 0 && <PasskeyStepUp onConfirmed={onConfirmed} />}
      {!totp && <ProviderStepUp next={here} isOnlyWay={!password && passkeys === 0} />}
    </div>
  )
}

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
