import { identities, signingKeys, totpCredentials } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { secretBoxOf, useTestDomain } from '../../test/context.ts'
import { rotateSecrets } from './rotate.ts'

const domain = useTestDomain()
const before = secretBoxOf('old')
const during = secretBoxOf('new', 'old')
const after = secretBoxOf('new')

test('whatever is encrypted is encrypted again, once, and opens without the old key', async () => {
  const { db } = domain.database
  const ctx = { ...domain.anonymous(), secretBox: during }
  const people = await Promise.all(Array.from({ length: 3 }, () => domain.person()))
  for (const [at, { actor }] of people.entries()) {
    const userId = actor.user.id
    const [identity] = await db
      .insert(identities)
      .values({ userId, provider: 'x', subject: userId, label: 'x' })
      .returning()
    const id = identity?.id ?? ''
    await db
      .update(identities)
      .set({
        accessTokenEncrypted: before.encrypt(`access ${at}`, `identity:${id}`),
        refreshTokenEncrypted: at === 0 ? null : before.encrypt('refresh', `identity:${id}`),
      })
      .where(eq(identities.id, id))
    await db
      .insert(totpCredentials)
      .values({ userId, secretEncrypted: before.encrypt(`totp ${at}`, `totp:${userId}`) })
  }
  await db.insert(signingKeys).values({
    id: 'kid',
    publicJwk: {},
    privateJwkEncrypted: before.encrypt('jwk', 'signing-key:kid'),
    expiresAt: new Date(),
  })

  expect(await rotateSecrets(ctx)).toEqual({ rotated: 9, unreadable: 0 })
  expect(await rotateSecrets(ctx)).toEqual({ rotated: 0, unreadable: 0 })

  const tokens = await db.select().from(identities).orderBy(identities.id)
  expect(
    tokens.map(({ id, accessTokenEncrypted }) =>
      after.decrypt(accessTokenEncrypted ?? '', `identity:${id}`),
    ),
  ).toEqual(['access 0', 'access 1', 'access 2'])
  const totps = await db.select().from(totpCredentials)
  const secrets = totps.map(({ userId, secretEncrypted }) =>
    after.decrypt(secretEncrypted, `totp:${userId}`),
  )
  expect(secrets.toSorted()).toEqual(['totp 0', 'totp 1', 'totp 2'])
  const [key] = await db.select().from(signingKeys)
  expect(after.decrypt(key?.privateJwkEncrypted ?? '', 'signing-key:kid')).toBe('jwk')
})

test('what no key opens stays as it is, and is counted', async () => {
  const { db } = domain.database
  await db.delete(signingKeys)
  const lost = secretBoxOf('lost')
  const privateJwkEncrypted = lost.encrypt('jwk', 'signing-key:lost')
  await db
    .insert(signingKeys)
    .values({ id: 'lost', publicJwk: {}, privateJwkEncrypted, expiresAt: new Date() })
  const outcome = await rotateSecrets({ ...domain.anonymous(), secretBox: during })
  expect(outcome).toEqual({ rotated: 0, unreadable: 1 })
  expect(await db.select().from(signingKeys)).toMatchObject([{ privateJwkEncrypted }])
})
