import { TimeOrder } from '@galley/contract/primitives'
import { expectOrders } from '@galley/platform/test/pages'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createFollow } from './change.ts'
import { listFollowers, listFollowing } from './list.ts'

const domain = useTestDomain()
const { database } = domain

test('who follows a person and whom they follow, last added first, as the caller sees them', async () => {
  const star = await domain.person({ username: 'star', displayName: 'A Star' })
  const fans = []
  for (let n = 1; n <= 5; n++) {
    const fan = await domain.person({ username: `fan-${n}`, bio: `Number ${n}.` })
    const now = () => new Date(Date.UTC(2026, 0, n))
    await createFollow({ ...fan, now }, { username: 'star' })
    fans.push(fan)
  }
  await createFollow(star, { username: 'fan-2' })
  const input = { username: 'star', limit: 3 }
  database.statements.length = 0
  const first = await listFollowers(star, input)
  expect(database.statements).toHaveLength(2)
  expect(first.items.map(({ username, following }) => [username, following])).toEqual([
    ['fan-5', false],
    ['fan-4', false],
    ['fan-3', false],
  ])
  const followers = (page: Omit<Parameters<typeof listFollowers>[1], 'username'>) =>
    listFollowers(star, { ...page, username: 'star' })
  await expectOrders(followers, TimeOrder.options, 5)
  const oldest = await followers({ limit: 2, sort: 'oldest' })
  expect(oldest.items.map(({ username }) => username)).toEqual(['fan-1', 'fan-2'])
  const second = await listFollowers(star, { ...input, cursor: first.page.nextCursor ?? '' })
  expect(second.page.nextCursor).toBeNull()
  expect(second.items.map(({ username, following }) => [username, following])).toEqual([
    ['fan-2', true],
    ['fan-1', false],
  ])
  const shown = { displayName: 'A Star', avatarUrl: null, bio: '', following: true }
  expect(await listFollowing(fans[0] ?? star, { username: 'fan-1', limit: 3 })).toEqual({
    items: [{ username: 'star', ...shown, can: { follow: true } }],
    page: { nextCursor: null },
  })
  const [seenBySelf] = (await listFollowing(star, { username: 'fan-1', limit: 3 })).items
  expect(seenBySelf).toMatchObject({ following: false, can: { follow: false } })
  const [seenSignedOut] = (await listFollowing(domain.anonymous(), { ...input, username: 'fan-1' }))
    .items
  expect(seenSignedOut).toMatchObject({ following: false, can: { follow: false } })
  await expect(listFollowers(star, { ...input, username: 'nobody-here' })).rejects.toThrow(
    expect.objectContaining({ reason: 'user/not-found' }),
  )
})
