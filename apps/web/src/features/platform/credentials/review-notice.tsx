import { Link } from '@tanstack/react-router'
import { textLinkClass } from '../layout/text-link.ts'
import { useCurrentUser } from '../sessions/current-user.ts'

/** Says on every page that a reset has left ways into the account that somebody has to look through. */
export function ReviewNotice() {
  if (!useCurrentUser()?.reviewSince) return null
  return (
    <div className="border-b border-rule bg-warn-wash text-sm text-warn">
      <p className="page py-2.5">
        Your password was reset.{' '}
        <Link to="/settings/security" className={textLinkClass}>
          Check the other ways into your account
        </Link>
        : somebody else may have added one.
      </p>
    </div>
  )
}
