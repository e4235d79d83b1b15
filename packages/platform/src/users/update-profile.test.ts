import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { updateProfile } from './update-profile.ts'

const domain = useTestDomain()

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
