import { Button } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { messageOf } from '../../../lib/errors.ts'
import { useTRPCClient } from '../../../lib/trpc.ts'
import { askForPasskey } from './webauthn.ts'

export function PasskeyStepUp({ onConfirmed }: { onConfirmed: () => void }) {
  const client = useTRPCClient()
  const confirm = useMutation({
    mutationFn: async () => {
      const response = await askForPasskey(client)
      return client.passkeys.stepUp.mutate({ response })
    },
    onSuccess: onConfirmed,
  })
  return (
    <>
      {confirm.error && <Notice tone="bad" title={messageOf(confirm.error)} />}
      <Button variant="line" busy={confirm.isPending} onClick={() => confirm.mutate()}>
        <KeyRound aria-hidden="true" className="size-4" />
        Use a passkey
      </Button>
    </>
  )
}
