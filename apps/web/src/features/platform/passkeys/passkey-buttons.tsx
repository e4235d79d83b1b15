import { Button } from '@galley/ui/button'
import { Notice } from '@galley/ui/notice'
import { useMutation } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { messageOf } from '../../../lib/errors.ts'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPCClient } from '../../../lib/trpc.ts'
import { goOn } from '../sessions/current-user.ts'
import { askForPasskey } from './webauthn.ts'

export function PasskeySignIn({ next }: { next: string | undefined }) {
  const client = useTRPCClient()
  const signIn = useMutation({
    mutationFn: async () => {
      const response = await askForPasskey(client)
      return client.passkeys.signIn.mutate({ response })
    },
    onSuccess: () => goOn(next),
    onError: notifyFailure('You are not signed in.'),
  })
  return (
    <Button variant="line" busy={signIn.isPending} onClick={() => signIn.mutate()}>
      <KeyRound aria-hidden="true" className="size-4" />
      Sign in with a passkey
    </Button>
  )
}

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
