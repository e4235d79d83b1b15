import type { IdentityView } from '@galley/contract/identities'
import { useMutation } from '@tanstack/react-query'
import { formatDay } from '../../lib/dates.ts'
import { notify, notifyFailure } from '../../lib/notify.ts'
import { useTRPC } from '../../lib/trpc.ts'
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
          {providerLabel} <span className="font-normal text-soft">{label}</span>
        </>
      }
      details={
        <>
          <span>Connected {formatDay(createdAt)}</span>
          <span>{lastUsedAt === null ? 'Never used' : `Last used ${formatDay(lastUsedAt)}`}</span>
        </>
      }
      actions={
        <RemoveButton
          action="Disconnect"
          name={providerLabel}
          question={`Disconnect ${providerLabel}?`}
          description="It then no longer signs you in here. You can connect it again."
          busy={remove.isPending}
          onConfirm={(close) => remove.mutate({ id }, { onSettled: close })}
        />
      }
    />
  )
}
