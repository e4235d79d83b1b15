import { errorReasons } from '@galley/contract/errors'
import { Notice } from '@galley/ui/notice'

/** Why a sign-in elsewhere did not work, by the reason that the server put into the address. */
export function SignInProblem({ reason }: { reason: string | undefined }) {
  const known = Object.entries(errorReasons).find(([name]) => name === reason)
  return known ? <Notice tone="warn" title={known[1].message} /> : null
}
