import { ConfirmTotp, type TotpSecret } from '@galley/contract/platform/credentials'
import { Button } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { useApiForm } from '../../../lib/form.ts'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { CopyButton } from '../layout/copy-button.tsx'
import { Form } from '../layout/form.tsx'
import { useRefreshAccount } from '../settings/account-queries.ts'
import { CodeField } from './credential-fields.tsx'

type SetUpTotpProps = { onCodes: (codes: string[]) => void }

/** Off until a first code proves that the authenticator has the secret. */
export function SetUpTotp({ onCodes }: SetUpTotpProps) {
  const start = useMutation(
    useTRPC().credentials.startTotp.mutationOptions({
      onError: notifyFailure('The second factor is still off.'),
    }),
  )
  if (!start.data) {
    return (
      <Button className="self-start" busy={start.isPending} onClick={() => start.mutate(undefined)}>
        Set it up
      </Button>
    )
  }
  return (
    <div className="flex flex-col gap-6 sm:flex-row sm:items-start">
      <Secret totp={start.data} />
      <ConfirmForm onCodes={onCodes} onCancel={() => start.reset()} />
    </div>
  )
}

function Secret({ totp: { qrSvg, secret } }: { totp: TotpSecret }) {
  return (
    <div className="flex flex-col items-start gap-3 sm:w-64">
      {/* White around it in both themes: cameras need the contrast. */}
      <img
        src={`data:image/svg+xml,${encodeURIComponent(qrSvg)}`}
        alt="QR code of the secret, for an authenticator app"
        width={208}
        height={208}
        className="rounded-sm border border-rule bg-[#fff] p-2"
      />
      <p className="text-xs text-soft">
        Or enter the secret: <code className="font-mono break-all text-ink">{secret}</code>
      </p>
      <CopyButton text={() => secret} done="The secret is on the clipboard.">
        Copy the secret
      </CopyButton>
    </div>
  )
}

function ConfirmForm({ onCodes, onCancel }: SetUpTotpProps & { onCancel: () => void }) {
  const refresh = useRefreshAccount()
  const confirm = useMutation(useTRPC().credentials.confirmTotp.mutationOptions())
  const { register, errors, busy, submit } = useApiForm({
    schema: ConfirmTotp,
    defaultValues: { code: '' },
    send: confirm.mutateAsync,
    onSuccess: ({ codes }) => {
      onCodes(codes)
      void refresh()
    },
  })
  return (
    <div className="max-w-form flex-1">
      <Form submit={submit} failure={errors.root?.message}>
        <CodeField
          hint="Scan the code with an authenticator app, then enter the six digits it shows."
          inputMode="numeric"
          error={errors.code?.message}
          {...register('code')}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" busy={busy}>
            Turn it on
          </Button>
          <Button variant="quiet" onClick={onCancel}>
            Cancel
          </Button>
        </div>
      </Form>
    </div>
  )
}
