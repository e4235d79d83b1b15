import type { PasskeyView } from '@galley/contract/platform/passkeys'
import { useMutation } from '@tanstack/react-query'
import { Day } from '../layout/time.tsx'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { RemoveButton } from '../settings/remove-button.tsx'
import { Row } from '../settings/row.tsx'
import { useRefreshAccount } from '../settings/use-refresh-account.ts'

export function PasskeyRow({ passkey }: { passkey: PasskeyView }) {
  const refresh = useRefreshAccount()
  const remove = useMutation(
    useTRPC().passkeys.delete.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'The passkey is deleted.' })
      },
      onError: notifyFailure('The passkey was not deleted.'),
    }),
  )
  const { id, name, backedUp, createdAt, lastUsedAt } = passkey
  return (
    <Row
      title={<bdi>{name}</bdi>}
      details={
        <>
          <span>
            Added <Day timestamp={createdAt} />
          </span>
          <span>
            {lastUsedAt === null ? (
              'Never used'
            ) : (
              <>
                Last used <Day timestamp={lastUsedAt} />
              </>
            )}
          </span>
          <span>{backedUp ? 'Kept by a password manager' : 'On one device only'}</span>
        </>
      }
      actions={
        <RemoveButton
          action="Delete"
          name={name}
          question={`Delete the passkey “${name}”?`}
          description="You can no longer sign in with it. Remove it from your device or password manager as well."
          busy={remove.isPending}
          onConfirm={(close) => remove.mutate({ id }, { onSettled: close })}
        />
      }
    />
  )
}
