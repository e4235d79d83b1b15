import { insertUser } from '@galley/testing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getProfile } from './get.ts'

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

test('somebody who has not proved their address is not public yet', async () => {
  await insertUser(domain.database.db, { username: 'not-yet', emailVerifiedAt: null })
  await expect(getProfile(domain.anonymous(), { username: 'not-yet' })).rejects.toMatchObject({
    reason: 'user/not-found',
  })
})
