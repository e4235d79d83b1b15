import { auditLog, credentials } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createTokenPair } from '../../test/by-cookies.ts'
import { useTestDomain } from '../../test/context.ts'
import { revokeLeakedToken } from './leaked.ts'
import { createToken } from './manage.ts'

const domain = useTestDomain()
const password = 'seventeen blue herons'

const audited = (userId: string, action: string) =>
  domain.database.db.$count(
    auditLog,
    and(eq(auditLog.subjectId, userId), eq(auditLog.action, action)),
  )

test('a personal token that leaked lets nobody in, and others go on', async () => {
  const person = await domain.person()
  const make = (name: string) =>
    createToken(person, { name, scopes: ['articles:read'], expiresInDays: 1 })
  const [leaked, other] = [await make('leaked'), await make('other')]
  const { id: userId } = person.actor.user
  const operator = domain.anonymous()
  expect(await revokeLeakedToken(operator, leaked.token)).toEqual({ userId, kind: 'personal' })
  expect(await operator.bearerTokens.authenticate(leaked.token)).toBeNull()
  expect(await operator.bearerTokens.authenticate(other.token)).not.toBeNull()
  expect(await audited(userId, 'token.deleted')).toBe(1)
  expect(await revokeLeakedToken(operator, leaked.token)).toBeNull()
  expect(await audited(userId, 'token.deleted')).toBe(1)
})

test.for(['accessToken', 'refreshToken'] as const)(
  'the %s of a program ends its sign-in',
  async (which) => {
    const person = await domain.person()
    const { id: userId, email } = person.actor.user
    const ctx = domain.anonymous()
    const passwordHash = await ctx.passwords.hash(password)
    await domain.database.db.insert(credentials).values({ userId, passwordHash })
    const pair = await createTokenPair(ctx, { email, password })
    expect(await revokeLeakedToken(ctx, pair[which])).toEqual({ userId, kind: 'program' })
    expect(await ctx.bearerTokens.authenticate(pair.accessToken)).toBeNull()
    expect(await revokeLeakedToken(ctx, pair[which])).toBeNull()
    expect(await audited(userId, 'program.signed-out')).toBe(1)
  },
)

test.for(['', 'gly_nothing', 'glr_nothing', 'a.b.c'])('%j ends nothing', async (token) => {
  expect(await revokeLeakedToken(domain.anonymous(), token)).toBeNull()
})
