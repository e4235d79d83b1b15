import { useCurrentUser } from './current-user.ts'

/** Says quietly on every page why nothing can be written. */
export function SuspendedNotice() {
  if (useCurrentUser()?.status !== 'suspended') return null
  return (
    <div className="print:hidden border-b border-rule bg-warn-wash text-sm text-warn">
      <p className="page py-2.5">Your account is suspended. You can read, but not write.</p>
    </div>
  )
}
