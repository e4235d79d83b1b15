import { Link } from '@tanstack/react-router'
import { Day } from '../layout/time.tsx'
import { textLinkClass } from '../layout/text-link.ts'
import { useCurrentUser } from '../sessions/current-user.ts'

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
