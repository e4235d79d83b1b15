import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getProfile } from '../profiles/get.ts'
import { createFollow, deleteFollow, listFollowers, listFollowing } from './service.ts'

const domain = useTestDomain()
const { database } = domain

test('following counts once, shows on the profile, and goes again', async () => {
  const reader = await domain.person()
  await domain.person({ username: 'writer' })
  const input = { username: 'writer' }
  const follows = { username: 'writer', following: true, followerCount: 1 }
  expect(await createFollow(reader, input)).toEqual(follows)
  expect(await createFollow(reader, input)).toEqual(follows)
  expect(await getProfile(reader, input)).toMatchObject({
    following: true,
    followerCount: 1,
    can: { follow: true },
  })
  expect(await getProfile(domain.anonymous(), input)).toMatchObject({
    following: false,
    can: { follow: false },
  })
  const gone = { username: 'writer', following: false, followerCount: 0 }
  expect(await deleteFollow(reader, input)).toEqual(gone)
  expect(await deleteFollow(reader, input)).toEqual(gone)
})

test('nobody follows themselves, a stranger to the site, or while suspended', async () => {
  const me = await domain.person({ username: 'myself' })
  const suspended = await domain.person({ status: 'suspended' })
  const failsWith = (reason: string) => expect.objectContaining({ reason })
  await expect(createFollow(me, { username: 'myself' })).rejects.toThrow(failsWith('follow/self'))
  await expect(createFollow(me, { username: 'nobody-here' })).rejects.toThrow(
    failsWith('user/not-found'),
  )
  await expect(createFollow(suspended, { username: 'myself' })).rejects.toThrow(
    failsWith('user/suspended'),
  )
})

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
  const second = await listFollowers(star, { ...input, cursor: first.page.nextCursor ?? '' })
  expect(second.page.nextCursor).toBeNull()
  expect(second.items.map(({ username, following }) => [username, following])).toEqual([
    ['fan-2', true],
    ['fan-1', false],
  ])
  const shown = { displayName: 'A Star', bio: '', following: true }
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
