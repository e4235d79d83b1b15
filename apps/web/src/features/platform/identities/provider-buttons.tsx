import { Button } from '@galley/ui/button'
import { useMutation, useQuery } from '@tanstack/react-query'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { myIdentities, signInProviders } from '../settings/account-queries.ts'

/** One button for each configured provider; nothing where there are none. */
export function ProviderButtons({ next }: { next: string | undefined }) {
  const providers = useQuery(signInProviders(useTRPC())).data?.items ?? []
  const start = useProvider()
  return providers.map(({ name, label }) => (
    <Button
      key={name}
      variant="line"
      busy={start.isPending || start.isSuccess}
      onClick={() => start.mutate({ provider: name, intent: 'sign-in', next })}
    >
      Continue with {label}
    </Button>
  ))
}

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

/** Sends the browser to a provider, to sign in with it or to connect it. */
export function useProvider() {
  return useMutation(
    useTRPC().identities.start.mutationOptions({
      onSuccess: ({ url }) => window.location.assign(url),
      onError: notifyFailure('The provider could not be reached.'),
    }),
  )
}
