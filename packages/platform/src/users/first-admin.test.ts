import { randomUUID } from 'node:crypto'
import { auditLog, users } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { issueSignUpProof } from './sign-up.ts'
import { verifyEmail } from './verify-email.ts'

const domain = useTestDomain()
const { database } = domain

/** A sign-up in a browser, and the token that was mailed for it. */
async function signUp() {
  const signUpId = randomUUID()
  const { id: userId } = await insertUser(database.db, { emailVerifiedAt: null, signUpId })
  const ctx = domain.anonymous()
  const proof = issueSignUpProof(ctx, { signUpId })
  const purpose = 'verify-email'
  const token = await ctx.oneTimeTokens.issue(database.db, { purpose, userId, minutes: 5 })
  return { userId, verify: () => verifyEmail(ctx, { token }, { 'sign-up': proof.token }) }
}

test('AU10 of ten who verify at once where there is no admin, one becomes admin', async () => {
  const signUps = await Promise.all(Array.from({ length: 10 }, signUp))
  await Promise.all(signUps.map(({ verify }) => verify()))
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
})

test('AU10 those who come later are not, also while the admin is suspended', async () => {
  await database.db.update(users).set({ status: 'suspended' }).where(eq(users.role, 'admin'))
  const { userId, verify } = await signUp()
  await verify()
  const [later] = await database.db.select().from(users).where(eq(users.id, userId))
  expect(later?.role).toBe('author')
})
