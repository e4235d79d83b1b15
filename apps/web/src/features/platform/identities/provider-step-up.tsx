import { Button } from '@galley/ui/button'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { myIdentities, signInProviders } from './queries.ts'
import { useProvider } from './use-provider.ts'

type ProviderStepUpProps = {
  next: string
  /** Whether the person has nothing else to confirm with: then a plain sign-in counts as much. */
  isOnlyWay: boolean
}

/** One button for each connected account that can confirm who is signed in. */
export function ProviderStepUp({ next, isOnlyWay }: ProviderStepUpProps) {
  const trpc = useTRPC()
  const providers = useQuery(signInProviders(trpc)).data?.items ?? []
  const connected = new Set(useQuery(myIdentities(trpc)).data?.items.map((one) => one.provider))
  const start = useProvider()
  return providers
    .filter(({ name, stepUp }) => connected.has(name) && (stepUp || isOnlyWay))
    .map(({ name, label, stepUp }) => (
      <Button
        key={name}
        variant="line"
        busy={start.isPending || start.isSuccess}
        onClick={() =>
          start.mutate({ provider: name, intent: stepUp ? 'step-up' : 'sign-in', next })
        }
      >
        Confirm with {label}
      </Button>
    ))
}
