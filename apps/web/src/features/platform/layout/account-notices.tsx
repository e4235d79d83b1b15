import type { CurrentUser } from '@galley/contract/platform/users'
import { textLinkClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { Day } from './time.tsx'

/** Says quietly on every page why nothing can be written, and what the account needs. */
export function AccountNotices({ user }: { user: CurrentUser }) {
  return (
    <>
      {user.status === 'suspended' && <SuspendedNotice />}
      {user.reviewSince !== null && <ReviewNotice />}
      {user.secondFactorDue !== null && <SecondFactorNotice due={user.secondFactorDue} />}
    </>
  )
}

function SuspendedNotice() {
  return (
    <div className="print:hidden border-b border-rule bg-warn-wash text-sm text-warn">
      <p className="page py-2.5">Your account is suspended. You can read, but not write.</p>
    </div>
  )
}

/** A reset has left sign-in methods that the person has to look through. */
function ReviewNotice() {
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

/** The account needs a second factor, and by when. */
function SecondFactorNotice({ due }: { due: string }) {
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
