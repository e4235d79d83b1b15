import { Button } from '@galley/ui/button'
import { useMutation } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'

/** Asks for the mail with the confirmation link once more. */
export function SendMailAgain({ email }: { email: string }) {
  const send = useMutation(
    useTRPC().users.resendVerification.mutationOptions({
      onSuccess: () =>
        void notify({
          title: 'A mail is sent every ten minutes at most.',
          description: 'Until the next one arrives, the link in the last one works.',
        }),
      onError: notifyFailure('No mail was sent.'),
    }),
  )
  return (
    <Button
      variant="line"
      className="self-start"
      busy={send.isPending}
      onClick={() => send.mutate({ email })}
    >
      Send the mail again
    </Button>
  )
}
