import { formerUsernames } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '../ctx.ts'
import { findUsernameAfter } from './queries.ts'
import { createUserForIdentity } from './sign-up-by-identity.ts'
import { updateProfile } from './update-profile.ts'

const domain = useTestDomain()
const { database } = domain
const taken = { reason: 'user/username-taken' }

test('of fifty who want a name that somebody gives up, nobody gets it', async () => {
  const me = await domain.person({ username: 'given-up' })
  const others = await Promise.all(Array.from({ length: 50 }, () => domain.person()))
  await updateProfile(me, { username: 'given-up-for' })
  const outcomes = await Promise.allSettled(
    others.map((other) => updateProfile(other, { username: 'given-up' })),
  )
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: taken })
  }
  expect(await findUsernameAfter(database.db, 'given-up')).toBe('given-up-for')
})

test('who comes by a provider, and is called there as somebody was here, gets another name', async () => {
  const me = await domain.person({ username: 'was-called-so' })
  await updateProfile(me, { username: 'is-called-so' })
  const ctx = domain.anonymous()
  const newcomer = {
    email: 'was-called-so@example.org',
    emailVerified: true,
    names: ['was-called-so'],
    displayName: null,
  }
  const user = await transact(ctx, (tx) => createUserForIdentity(ctx, tx, newcomer))
  expect(user?.username).toMatch(/^was-called-so-\d{7}$/)
})

test('of fifty who want one that has been free for a year, one gets it', async () => {
  const me = await domain.person({ username: 'long-gone' })
  await updateProfile(me, { username: 'long-gone-on' })
  await database.db
    .update(formerUsernames)
    .set({ createdAt: new Date('2020-01-01T00:00:00Z') })
    .where(eq(formerUsernames.username, 'long-gone'))
  const others = await Promise.all(Array.from({ length: 50 }, () => domain.person()))
  const outcomes = await Promise.allSettled(
    others.map((other) => updateProfile(other, { username: 'long-gone' })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await findUsernameAfter(database.db, 'long-gone')).toBeNull()
})

test('a person keeps the last ten names; the name of an account that was never proved is free at once', async () => {
  const me = await domain.person({ username: 'many-names' })
  for (let n = 1; n <= 12; n += 1) await updateProfile(me, { username: `many-names-${n}` })
  expect(
    await database.db.$count(formerUsernames, eq(formerUsernames.userId, me.actor.user.id)),
  ).toBe(10)
  await updateProfile(await domain.person(), { username: 'many-names' })

  const unproved = await domain.person({ username: 'never-seen', emailVerifiedAt: null })
  await updateProfile(unproved, { username: 'never-seen-either' })
  await updateProfile(await domain.person(), { username: 'never-seen' })
})
