import type { IdentityView } from '@galley/contract/platform/identities'
import { Button } from '@galley/ui/button'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { notify, notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { Section } from '../layout/section.tsx'
import { Day } from '../layout/time.tsx'
import { myIdentities, signInProviders, useRefreshAccount } from '../settings/account-queries.ts'
import { LastUsed, RemoveButton, Row } from '../settings/row.tsx'
import { useProvider } from './provider-buttons.tsx'

/** Accounts elsewhere that sign the person in here. */
export function ConnectionList() {
  const trpc = useTRPC()
  const { data: identities } = useSuspenseQuery(myIdentities(trpc))
  const { data: providers } = useSuspenseQuery(signInProviders(trpc))
  const free = providers.items.filter(
    ({ name }) => !identities.items.some(({ provider }) => provider === name),
  )
  const nothing = identities.items.length === 0 && free.length === 0
  return (
    <Section
      title="Connected accounts"
      lead={
        nothing
          ? 'This site does not offer sign-in with other accounts.'
          : 'Other accounts that you can sign in with.'
      }
    >
      {identities.items.length > 0 && (
        <ul>
          {identities.items.map((identity) => (
            <ConnectionRow key={identity.id} identity={identity} />
          ))}
        </ul>
      )}
      {free.length > 0 && (
        <div className="flex flex-wrap gap-3">
          {free.map(({ name, label }) => (
            <ConnectButton key={name} provider={name} label={label} />
          ))}
        </div>
      )}
    </Section>
  )
}

function ConnectButton({ provider, label }: { provider: string; label: string }) {
  const start = useProvider()
  return (
    <Button
      variant="line"
      busy={start.isPending || start.isSuccess}
      onClick={() => start.mutate({ provider, intent: 'link', next: '/settings/connections' })}
    >
      Connect {label}
    </Button>
  )
}

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
          <LastUsed at={lastUsedAt} />
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
