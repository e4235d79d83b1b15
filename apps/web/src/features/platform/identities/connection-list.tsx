import { Button } from '@galley/ui/button'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { Section } from '../layout/section.tsx'
import { ConnectionRow } from './connection-row.tsx'
import { myIdentities, signInProviders } from './queries.ts'
import { useProvider } from './use-provider.ts'

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
