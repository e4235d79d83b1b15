import { useMutation } from '@tanstack/react-query'
import { notifyFailure } from '../../../lib/notify.ts'
import { keepTheme } from '../../../lib/theme.ts'
import { useTRPC } from '../../../lib/trpc.ts'

/** Ends the session, then loads the home page afresh: nothing of the person stays in this page's memory. */
export function useSignOut() {
  const trpc = useTRPC()
  return useMutation(
    trpc.sessions.delete.mutationOptions({
      onSuccess: () => {
        // The answer has emptied the browser's storage; how pages look is nothing of the person.
        keepTheme()
        window.location.assign('/')
      },
      onError: notifyFailure('You are still signed in.'),
    }),
  )
}
