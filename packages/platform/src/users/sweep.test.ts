import { invitations, users } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { deleteStaleSignUps } from './sweep.ts'

const domain = useTestDomain()
const { database, anonymous } = domain

const day = 86_400_000
const daysAgo = (days: number) => new Date(Date.now() - days * day)

test('accounts that nobody verified within seven days are deleted, and invitations that have expired; no others', async () => {
  const add = (username: string, values: object) =>
    insertUser(database.db, { username, emailVerifiedAt: null, ...values })
  await add('stale', { createdAt: daysAgo(7.1) })
  await add('young', { createdAt: daysAgo(6.9) })
  await add('verified', { createdAt: daysAgo(100), emailVerifiedAt: daysAgo(99) })
  await add('banned', { createdAt: daysAgo(100), status: 'suspended' })
  const invitedBy = (await add('inviter', { emailVerifiedAt: daysAgo(9) })).id
  const invite = (email: string, expiresAt: Date) =>
    database.db.insert(invitations).values({ email, role: 'author', invitedBy, expiresAt })
  await invite('late@example.com', daysAgo(0.1))
  await invite('open@example.com', daysAgo(-1))
  await deleteStaleSignUps(anonymous())
  const left = await database.db.select({ username: users.username }).from(users)
  expect(left.map(({ username }) => username).toSorted()).toEqual([
    'banned',
    'inviter',
    'verified',
    'young',
  ])
  expect(await database.db.select({ email: invitations.email }).from(invitations)).toEqual([
    { email: 'open@example.com' },
  ])
})
