import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getProfile, updateProfile } from './service.ts'

const domain = useTestDomain()

test('a profile is public and tells nothing private', async () => {
  await domain.person({ username: 'public-one', bio: 'Writes.' })
  const profile = await getProfile(domain.anonymous(), { username: 'public-one' })
  expect(profile).toMatchObject({
    username: 'public-one',
    bio: 'Writes.',
    articleCount: 0,
    followerCount: 0,
  })
  expect(Object.keys(profile)).not.toContain('email')
  await expect(getProfile(domain.anonymous(), { username: 'nobody-here' })).rejects.toThrow(
    expect.objectContaining({ reason: 'user/not-found' }),
  )
})

test('people change their own profile', async () => {
  const me = await domain.person({ username: 'me-before' })
  expect(await updateProfile(me, { username: 'me-after', bio: 'New' })).toMatchObject({
    username: 'me-after',
    bio: 'New',
  })
  await domain.person({ username: 'taken-name' })
  await expect(updateProfile(me, { username: 'taken-name' })).rejects.toThrow(
    expect.objectContaining({ reason: 'user/username-taken' }),
  )
  const suspended = await domain.person({ status: 'suspended' })
  await expect(updateProfile(suspended, { bio: 'X' })).rejects.toThrow(
    expect.objectContaining({ reason: 'user/suspended' }),
  )
})
