import { textLinkClass } from '@galley/ui/button'
import { Link, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { useCurrentUser } from '../sessions/current-user.ts'
import { Day } from './time.tsx'

/** Says quietly on every page why nothing can be written. */
export function SuspendedNotice() {
  if (useCurrentUser()?.status !== 'suspended') return null
  return (
    <div className="print:hidden border-b border-rule bg-warn-wash text-sm text-warn">
      <p className="page py-2.5">Your account is suspended. You can read, but not write.</p>
    </div>
  )
}

/** Says on every page that a reset has left sign-in methods that the person has to look through. */
export function ReviewNotice() {
  if (!useCurrentUser()?.reviewSince) return null
  return (
    <div className="border-b border-rule bg-warn-wash text-sm text-warn">
      <p className="page py-2.5">
        Your password was reset.{' '}
        <Link to="/settings/security" className={textLinkClass}>
          Check your other sign-in methods
        </Link>
        : somebody else may have added one.
      </p>
    </div>
  )
}

/** Says on every page that the account needs a second factor, and by when. */
export function SecondFactorNotice() {
  const due = useCurrentUser()?.secondFactorDue
  if (!due) return null
  return (
    <div className="border-b border-rule bg-warn-wash text-sm text-warn">
      <p className="page py-2.5">
        Your account needs a second factor.{' '}
        <Link to="/settings/security" className={textLinkClass}>
          Set it up
        </Link>
        : from <Day timestamp={due} /> on you can only read without it.
      </p>
    </div>
  )
}

// With the table of all reasons, which no other page needs.
const SignInProblem = lazy(async () => ({
  default: (await import('../sessions/sign-in-problem.tsx')).SignInProblem,
}))

/** On the page that a provider sent the person back to: why it did not work. The sign-in page says so in its own place. */
export function ReturnProblem() {
  const { pathname, searchStr } = useRouterState({ select: ({ location }) => location })
  const problem = new URLSearchParams(searchStr).get('problem')
  if (problem === null || pathname.startsWith('/sign-in')) return null
  return (
    <div className="page pt-6">
      <Suspense>
        <SignInProblem reason={problem} />
      </Suspense>
    </div>
  )
}
