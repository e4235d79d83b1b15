import type { FollowPerson } from '@galley/contract/publishing/follows'
import { Avatar } from '@galley/ui/avatar'
import { EmptyState } from '@galley/ui/empty-state'
import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTRPC } from '../../../lib/trpc.ts'
import { PageHeader } from '../../platform/layout/page-header.tsx'
import { Pager } from '../../platform/layout/pager.tsx'
import { textLinkClass } from '../../platform/layout/text-link.ts'
import { FollowButton } from './follow-button.tsx'
import { followPeople, type FollowList } from './queries.ts'

type FollowPageProps = { list: FollowList; username: string; cursor: string | undefined }

/** Who follows a person, or whom they follow. */
export function FollowPage({ list, username, cursor }: FollowPageProps) {
  const trpc = useTRPC()
  const { data: profile } = useSuspenseQuery(trpc.users.byUsername.queryOptions({ username }))
  const { data } = useSuspenseQuery(followPeople(trpc, { list, username, cursor }))
  return (
    <div className="page max-w-[60rem]">
      <PageHeader title={list === 'followers' ? 'Followers' : 'Following'}>
        <p className="text-sm text-soft">
          <Link to="/authors/$username" params={{ username }} className={textLinkClass}>
            <bdi>{profile.displayName}</bdi>
          </Link>
        </p>
      </PageHeader>
      <nav aria-label="People" className={tabRowClass}>
        <Link to="/authors/$username/followers" params={{ username }} className={tabLinkClass}>
          Followers
        </Link>
        <Link to="/authors/$username/following" params={{ username }} className={tabLinkClass}>
          Following
        </Link>
      </nav>
      {data.items.length === 0 ? (
        <EmptyState title={list === 'followers' ? 'No followers yet' : 'Follows nobody yet'} />
      ) : (
        <ul aria-label={list === 'followers' ? 'Followers' : 'Following'}>
          {data.items.map((person) => (
            <Person key={person.username} person={person} />
          ))}
        </ul>
      )}
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </div>
  )
}

function Person({ person }: { person: FollowPerson }) {
  const { username, displayName, bio } = person
  return (
    <li className="flex flex-wrap items-center gap-4 border-b border-rule py-5">
      <Avatar name={displayName} seed={username} />
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere" dir="auto">
          <Link to="/authors/$username" params={{ username }} className="hover:text-accent">
            {displayName}
          </Link>
        </p>
        {bio && (
          <p className="line-clamp-2 text-sm wrap-anywhere text-soft" dir="auto">
            {bio}
          </p>
        )}
      </div>
      <FollowButton person={person} size="small" />
    </li>
  )
}
