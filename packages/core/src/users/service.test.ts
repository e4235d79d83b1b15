import { credentials, sessions, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createUser, getProfile, updateProfile } from './service.ts'

const domain = useTestDomain()
const { database } = domain
const person = {
  email: 'new@example.com',
  username: 'newcomer',
  displayName: 'New',
  password: 'correct horse',
}

test('sign-up makes the account, hashes the password and signs in', async () => {
  let cookie: { token: string; expiresAt: Date } | undefined
  const sessionCookie = {
    token: undefined,
    set: (token: string, expiresAt: Date) => (cookie = { token, expiresAt }),
    clear() {},
  }
  const ctx = domain.anonymous({ sessionCookie })
  const { user } = await createUser(ctx, person)
  expect(user).toMatchObject({ email: person.email, role: 'author', status: 'active' })
  const [credential] = await database.db.select().from(credentials)
  expect(credential?.passwordHash).toMatch(/^\$argon2id\$/)
  expect((await ctx.sessions.validate(cookie?.token ?? ''))?.user.id).toBe(user?.id)
})

test('a taken address or name is told by field, and leaves nothing behind', async () => {
  const before = await database.db.$count(users)
  await expect(createUser(domain.anonymous(), { ...person, username: 'another' })).rejects.toThrow(
    expect.objectContaining({
      reason: 'user/email-taken',
      fields: [expect.objectContaining({ path: 'email' })],
    }),
  )
  await expect(
    createUser(domain.anonymous(), { ...person, email: 'b@example.com' }),
  ).rejects.toThrow(
    expect.objectContaining({
      reason: 'user/username-taken',
      fields: [expect.objectContaining({ path: 'username' })],
    }),
  )
  expect(await database.db.$count(users)).toBe(before)
})

test('of ten sign-ups with one address at once one wins', async () => {
  const tries = await Promise.allSettled(
    Array.from({ length: 10 }, (_, n) =>
      createUser(domain.anonymous(), {
        ...person,
        email: 'race@example.com',
        username: `racer-${n}`,
      }),
    ),
  )
  expect(tries.filter((attempt) => attempt.status === 'fulfilled')).toHaveLength(1)
  const [winner] = await database.db.select().from(users).where(eq(users.email, 'race@example.com'))
  expect(await database.db.$count(sessions, eq(sessions.userId, winner?.id ?? ''))).toBe(1)
})

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
