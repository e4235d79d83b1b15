import type { IdentityView } from '@galley/contract/platform/identities'
import { useMutation } from '@tanstack/react-query'
import { Day } from '../layout/time.tsx'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { RemoveButton } from '../settings/remove-button.tsx'
import { Row } from '../settings/row.tsx'
import { useRefreshAccount } from '../settings/use-refresh-account.ts'

export function ConnectionRow({ identity }: { identity: IdentityView }) {
  const refresh = useRefreshAccount()
  const remove = useMutation(
    useTRPC().identities.delete.mutationOptions({
      onSuccess: async () => {
        await refresh()
        void notify({ title: 'The account is disconnected.' })
      },
      onError: notifyFailure('The account is still connected.'),
    }),
  )
  const { id, providerLabel, label, createdAt, lastUsedAt } = identity
  return (
    <Row
      title={
        <>
          {providerLabel} <bdi className="font-normal text-soft">{label}</bdi>
        </>
      }
      details={
        <>
          <span>
            Connected <Day timestamp={createdAt} />
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
        </>
      }
      actions={
        <RemoveButton
          action="Disconnect"
          name={providerLabel}
          question={`Disconnect ${providerLabel}?`}
          description="You can no longer sign in with it. You can connect it again later."
          busy={remove.isPending}
          onConfirm={(close) => remove.mutate({ id }, { onSettled: close })}
        />
      }
    />
  )
}
