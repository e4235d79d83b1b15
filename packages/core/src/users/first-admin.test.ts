import { auditLog, outbox, users } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { verifyEmail } from './service.ts'

const domain = useTestDomain()
const { database, anonymous } = domain

test('AU10 of ten who verify at once where there is no admin, one becomes admin', async () => {
  const ctx = anonymous()
  const tokens = await Promise.all(
    Array.from({ length: 10 }, async () => {
      const { id: userId } = await insertUser(database.db, { emailVerifiedAt: null })
      return ctx.oneTimeTokens.issue(database.db, { purpose: 'verify-email', userId, minutes: 5 })
    }),
  )
  await Promise.all(tokens.map((token) => verifyEmail(anonymous(), { token })))
  const admins = await database.db.select().from(users).where(eq(users.role, 'admin'))
  expect(admins).toHaveLength(1)
  const audited = await database.db
    .select()
    .from(auditLog)
    .where(eq(auditLog.action, 'user.role-changed'))
  expect(audited).toEqual([
    expect.objectContaining({
      subjectId: admins[0]?.id,
      before: { role: 'author' },
      after: { role: 'admin' },
    }),
  ])
  const events = await database.db.$count(outbox, eq(outbox.event, 'user.role-changed'))
  expect(events).toBe(1)
})

test('AU10 whoever comes later is none, also while the admin is suspended', async () => {
  await database.db.update(users).set({ status: 'suspended' }).where(eq(users.role, 'admin'))
  const { id: userId } = await insertUser(database.db, { emailVerifiedAt: null })
  const ctx = anonymous()
  const token = await ctx.oneTimeTokens.issue(database.db, {
    purpose: 'verify-email',
    userId,
    minutes: 5,
  })
  await verifyEmail(ctx, { token })
  const [later] = await database.db.select().from(users).where(eq(users.id, userId))
  expect(later?.role).toBe('author')
})
