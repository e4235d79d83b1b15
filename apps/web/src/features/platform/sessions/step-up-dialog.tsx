import type { CredentialsView } from '@galley/contract/platform/credentials'
import { Button } from '@galley/ui/button'
import { Dialog } from '@galley/ui/dialog'
import { Notice } from '@galley/ui/notice'
import { Skeleton } from '@galley/ui/skeleton'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../../lib/errors.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { myCredentials } from '../credentials/queries.ts'
import { ProviderStepUp } from '../identities/provider-step-up.tsx'
import { PasskeyStepUp } from '../passkeys/passkey-step-up.tsx'
import { StepUpByCode, StepUpByPassword } from './step-up-form.tsx'

/** Asks for what only the person has: their password, a code or a passkey. */
export function StepUpDialog({ onAnswer }: { onAnswer: (confirmed: boolean) => void }) {
  const { data, error } = useQuery({ ...myCredentials(useTRPC()), staleTime: 0 })
  return (
    <Dialog
      title="Confirm that it is you"
      description="This changes how your account is protected. You will not be asked again for ten minutes."
      onClose={() => onAnswer(false)}
    >
      {data && <WaysToConfirm credentials={data} onConfirmed={() => onAnswer(true)} />}
      {!data && error && <Notice tone="bad" title={messageOf(error)} />}
      {!data && !error && <Skeleton className="h-28 w-full" />}
      <Button variant="quiet" onClick={() => onAnswer(false)}>
        Cancel
      </Button>
    </Dialog>
  )
}

type WaysToConfirmProps = { credentials: CredentialsView; onConfirmed: () => void }

function WaysToConfirm({ credentials, onConfirmed }: WaysToConfirmProps) {
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
