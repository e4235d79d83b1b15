import { useMutation } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { RemoveButton } from '../settings/remove-button.tsx'
import { useRefreshAccount } from '../settings/use-refresh-account.ts'

/** What can be done while the second factor is on. */
export function TotpActions({ onCodes }: { onCodes: (codes: string[]) => void }) {
  const trpc = useTRPC()
  const refresh = useRefreshAccount()
  const renew = useMutation(
    trpc.credentials.createRecoveryCodes.mutationOptions({
      onSuccess: ({ codes }) => {
        onCodes(codes)
        void refresh()
      },
      onError: notifyFailure('No new codes were made.'),
    }),
  )
  const turnOff = useMutation(
    trpc.credentials.deleteTotp.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'The second factor is off.' })
      },
      onError: notifyFailure('The second factor is still on.'),
    }),
  )
  return (
    <div className="flex flex-wrap gap-3">
      <RemoveButton
        action="Make new recovery codes"
        name=""
        question="Make new recovery codes?"
        description="Your present codes stop working at once."
        busy={renew.isPending}
        onConfirm={(close) => renew.mutate(undefined, { onSettled: close })}
      />
      <RemoveButton
        action="Turn it off"
        name="the second factor"
        question="Turn the second factor off?"
        description="Your password alone will be enough to sign in, and your recovery codes stop working."
        busy={turnOff.isPending}
        onConfirm={(close) => turnOff.mutate(undefined, { onSettled: close })}
      />
    </div>
  )
}
