import type { FollowPerson } from '@galley/contract/publishing/engagement'
import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { Suspense } from 'react'
import { lazyInBrowser } from '../../../lib/lazy-in-browser.ts'
import { useCurrentUser } from '../../platform/sessions/current-user.ts'

// What changes something is not loaded by those who only read.
const FollowToggle = lazyInBrowser(async () => (await import('./follow-toggle.tsx')).FollowToggle)

export type FollowButtonProps = {
  person: Pick<FollowPerson, 'username' | 'displayName' | 'following'> & {
    can: { follow: boolean }
  }
  size?: 'normal' | 'small'
}

export function FollowButton({ person, size = 'normal' }: FollowButtonProps) {
  const user = useCurrentUser()
  if (!user) {
    return (
      <Link
        to="/sign-in"
        search={{ next: `/authors/${person.username}` }}
        className={buttonClass('line', size)}
      >
        Follow<span className="sr-only"> {person.displayName}</span>
      </Link>
    )
  }
  if (!person.can.follow) return null
  return (
    <Suspense fallback={<span className={buttonClass('line', size)}>Follow</span>}>
      <FollowToggle person={person} size={size} />
    </Suspense>
  )
}
