import type { Profile } from '@galley/contract/publishing/profiles'
import { Avatar } from '@galley/ui/avatar'
import { buttonClass } from '@galley/ui/button'
import { Link } from '@tanstack/react-router'
import { Day } from '../../platform/layout/time.tsx'
import { FollowButton } from '../follows/follow-button.tsx'

const countLinkClass = 'underline-offset-3 hover:text-accent hover:underline'

export function ProfileHeader({ profile }: { profile: Profile }) {
  const { username } = profile
  return (
    <header className="flex flex-col gap-6 border-b border-rule py-12 sm:flex-row sm:items-start sm:py-16">
      <Avatar person={profile} size="large" />
      <div className="flex flex-1 flex-col gap-3">
        <div>
          <h1 dir="auto" className="headline text-3xl">
            {profile.displayName}
          </h1>
          <p className="text-sm text-soft">@{profile.username}</p>
        </div>
        {profile.bio && (
          <p
            dir="auto"
            className="max-w-measure font-serif text-lg leading-snug whitespace-pre-line"
          >
            {profile.bio}
          </p>
        )}
        <p className="flex flex-wrap gap-x-5 gap-y-1 text-xs text-soft tabular-nums">
          <Count of={profile.articleCount} one="article" many="articles" />
          <Link
            to="/authors/$username/$list"
            params={{ username, list: 'followers' }}
            className={countLinkClass}
          >
            <Count of={profile.followerCount} one="follower" many="followers" />
          </Link>
          <Link
            to="/authors/$username/$list"
            params={{ username, list: 'following' }}
            className={countLinkClass}
          >
            <Count of={profile.followedCount} one="following" many="following" />
          </Link>
          <span>
            Joined <Day timestamp={profile.createdAt} />
          </span>
        </p>
      </div>
      {profile.can.edit ? (
        <Link to="/settings" className={buttonClass('line')}>
          Edit profile
        </Link>
      ) : (
        <FollowButton person={profile} />
      )}
    </header>
  )
}

function Count({ of, one, many }: { of: number; one: string; many: string }) {
  return (
    <span>
      <strong className="font-semibold text-ink">{of}</strong> {of === 1 ? one : many}
    </span>
  )
}
