import type { Profile } from '@galley/contract/publishing/profiles'
import { screen, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { serve } from '../../../../test/api.ts'
import { mira } from '../../../../test/examples.ts'
import { show } from '../../../../test/render.tsx'
import { FollowPage } from './follow-page.tsx'

const profile: Profile = {
  username: 'jonas',
  displayName: 'Jonas Lind',
  bio: '',
  avatarUrl: null,
  createdAt: '2026-03-14T08:30:00.000Z',
  articleCount: 0,
  followerCount: 0,
  followedCount: 1,
  following: true,
  can: { follow: true, edit: false },
}

// jsdom drops the space before the name that is for screen readers alone.
const start = /^Follow ?Jonas Lind$/
const stop = /^Following ?Jonas Lind$/

test('whom somebody stops following stays in the list on the screen, to be followed again', async () => {
  let following = true
  const person = () => ({ ...profile, following })
  const change = (now: boolean) => {
    following = now
    return { username: profile.username, following, followerCount: Number(following) }
  }
  const calls = serve({
    'users.byUsername': person,
    'follows.following': () => ({
      items: following ? [person()] : [],
      page: { nextCursor: null },
    }),
    'follows.delete': () => change(false),
    'follows.create': () => change(true),
  })
  const page = <FollowPage list="following" username="mira" cursor={undefined} />
  const { user, queryClient } = await show(page, { user: mira })

  await user.click(await screen.findByRole('button', { name: stop }))
  await screen.findByRole('button', { name: start })
  await waitFor(() => expect(queryClient.isFetching() + queryClient.isMutating()).toBe(0))
  await user.click(screen.getByRole('button', { name: start }))
  await screen.findByRole('button', { name: stop })
  const paths = calls.map(({ path }) => path)
  expect(paths.filter((path) => path === 'follows.following')).toHaveLength(1)
})
