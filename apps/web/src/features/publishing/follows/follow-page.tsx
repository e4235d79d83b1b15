import type { FollowPerson } from '@galley/contract/publishing/engagement'
import { Avatar } from '@galley/ui/avatar'
import { textLinkClass } from '@galley/ui/button'
import { EmptyState } from '@galley/ui/empty-state'
import { tabLinkClass, tabRowClass } from '@galley/ui/tab-links'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RouterContext } from '../../../lib/router-context.ts'
import { useTRPC } from '../../../lib/trpc.ts'
import { PageHeader } from '../../platform/layout/page-header.tsx'
import { Pager } from '../../platform/layout/pager.tsx'
import { FollowButton } from './follow-button.tsx'

type FollowPageProps = { list: FollowList; username: string; cursor: string | undefined }

/** Who follows a person, or whom they follow. */
export function FollowPage({ list, username, cursor }: FollowPageProps) {
  const trpc = useTRPC()
  const { data: profile } = useSuspenseQuery(trpc.users.byUsername.queryOptions({ username }))
  const { data } = useSuspenseQuery(followPeople(trpc, { list, username, cursor }))
  return (
    <div className="page max-w-[60rem]">
      <PageHeader title={followLists[list]}>
        <p className="text-sm text-soft">
          <Link to="/authors/$username" params={{ username }} className={textLinkClass}>
            <bdi>{profile.displayName}</bdi>
          </Link>
        </p>
      </PageHeader>
      <nav aria-label="People" className={tabRowClass}>
        <ListLink list="followers" username={username} />
        <ListLink list="following" username={username} />
      </nav>
      {data.items.length === 0 ? (
        <EmptyState title={list === 'followers' ? 'No followers yet' : 'Follows nobody yet'} />
      ) : (
        <ul aria-label={followLists[list]}>
          {data.items.map((person) => (
            <Person key={person.username} person={person} />
          ))}
        </ul>
      )}
      <Pager cursor={cursor} nextCursor={data.page.nextCursor} first="Newest" next="Older" />
    </div>
  )
}

function ListLink({ list, username }: { list: FollowList; username: string }) {
  return (
    <Link to="/authors/$username/$list" params={{ username, list }} className={tabLinkClass}>
      {followLists[list]}
    </Link>
  )
}

function Person({ person }: { person: FollowPerson }) {
  const { username, displayName, bio } = person
  return (
    <li className="flex flex-wrap items-center gap-4 border-b border-rule py-5">
      <Avatar person={person} />
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

/** The two lists of people around a person. */
export const followLists = { followers: 'Followers', following: 'Following' }
type FollowList = keyof typeof followLists

type Which = { list: FollowList; username: string; cursor: string | undefined }

export const followPeople = (trpc: RouterContext['trpc'], { list, ...input }: Which) =>
  trpc.follows[list].queryOptions({ ...input, limit: 30 })
