import { errorReasons } from '@galley/contract/errors'
import { Notice } from '@galley/ui/notice'
import { sayWhen } from '../../../lib/errors.ts'

type SignInProblemProps = {
  reason: string | undefined
  /** Seconds to wait. */
  wait?: string | undefined
}

/** Why a sign-in elsewhere, or one without a script, did not work: by what the server put into the address. */
export function SignInProblem({ reason, wait }: SignInProblemProps) {
  const known = Object.entries(errorReasons).find(([name]) => name === reason)
  return known ? <Notice tone="warn" title={sayWhen(known[1].message, Number(wait))} /> : null
}
