import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getProfile } from '../profiles/get.ts'
import { createFollow, deleteFollow } from './change.ts'

const domain = useTestDomain()

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
