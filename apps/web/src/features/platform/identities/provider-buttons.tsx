import { Button } from '@galley/ui/button'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../../lib/trpc.ts'
import { signInProviders } from './queries.ts'
import { useProvider } from './use-provider.ts'

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
