import { useMutation } from '@tanstack/react-query'
import { notifyFailure } from '../../../lib/notify.ts'
import { useTRPC } from '../../../lib/trpc.ts'

/** Sends the browser to a provider, to sign in with it or to connect it. */
export function useProvider() {
  return useMutation(
    useTRPC().identities.start.mutationOptions({
      onSuccess: ({ url }) => window.location.assign(url),
      onError: notifyFailure('The provider could not be reached.'),
    }),
  )
}
