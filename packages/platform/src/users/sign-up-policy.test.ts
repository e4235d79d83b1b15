import type { SignUpPolicy } from '@galley/contract/platform/site'
import { users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { createUser, verifyEmail } from '../../test/by-cookies.ts'
import { newcomer, openAccount, password } from '../../test/account.ts'
import { tokenIn } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { transact } from '../ctx.ts'
import { createInvitation } from '../invitations/create.ts'
import { createUserForIdentity } from './sign-up-by-identity.ts'

const domain = useTestDomain()
const { database, anonymous, person, runJobs, mailTo } = domain

beforeAll(async () => {
  await openAccount(domain, { role: 'admin' })
})

const under = (signUp: SignUpPolicy) => anonymous({ site: { ...anonymous().site, signUp } })

const elsewhere = (username: string, emailVerified = true) => ({
  email: `${username}@example.com`,
  emailVerified,
  names: [username],
  displayName: username,
})

const roleOf = async (email: string) =>
  (await database.db.select().from(users).where(eq(users.email, email)))[0]?.role

test.each([
  ['open', 'author'],
  ['readers', 'reader'],
] as const)(
  'with SIGN_UP=%s a newcomer is %s, by password and by a provider',
  async (policy, role) => {
    const by = newcomer(`password-${policy}`)
    await createUser(under(policy), by)
    expect(await roleOf(by.email)).toBe(role)
    const ctx = under(policy)
    const user = await transact(ctx, (tx) =>
      createUserForIdentity(ctx, tx, elsewhere(`provider-${policy}`)),
    )
    expect(user).toMatchObject({ role })
  },
)

test.each([
  ['invite', 'user/invitation-required'],
  ['closed', 'user/sign-up-closed'],
] as const)('with SIGN_UP=%s nobody comes by themselves: %s', async (policy, reason) => {
  const before = await database.db.$count(users)
  const owner = await openAccount(domain)
  for (const email of [`nobody-${policy}@example.com`, owner.email]) {
    const attempt = { ...newcomer(`nobody-${policy}`), email }
    await expect(createUser(under(policy), attempt)).rejects.toMatchObject({ reason })
  }
  const ctx = under(policy)
  for (const verified of [true, false]) {
    await expect(
      transact(ctx, (tx) =>
        createUserForIdentity(ctx, tx, elsewhere(`provider-${policy}`, verified)),
      ),
    ).rejects.toMatchObject({ reason })
  }
  expect(await database.db.$count(users)).toBe(before + 1)
})

test('an invitation counts for the person who proves its address, by a provider or by a confirmed sign-up', async () => {
  const admin = await person({ role: 'admin' })
  await createInvitation(admin, { email: 'provider-invited@example.com', role: 'editor' })
  const ctx = under('invite')
  expect(
    await transact(ctx, (tx) => createUserForIdentity(ctx, tx, elsewhere('provider-invited'))),
  ).toMatchObject({ emailVerifiedAt: expect.any(Date) })
  expect(await roleOf('provider-invited@example.com')).toBe('editor')

  const ada = newcomer('signed-up-by-herself')
  await createUser(under('readers'), ada)
  expect(await roleOf(ada.email)).toBe('reader')
  await runJobs()
  const mail = await mailTo(ada.email)
  await createInvitation(admin, { email: ada.email, role: 'author' })
  await verifyEmail(anonymous(), { token: tokenIn(mail), password })
  expect(await roleOf(ada.email)).toBe('author')
})

test('with SIGN_UP=closed an invitation from before opens nothing', async () => {
  const admin = await person({ role: 'admin' })
  const email = 'too-late@example.com'
  await createInvitation(admin, { email, role: 'author' })
  await runJobs()
  const invitation = tokenIn(await mailTo(email))
  await expect(
    createUser(under('closed'), { ...newcomer('too-late'), invitation }),
  ).rejects.toMatchObject({ reason: 'user/sign-up-closed' })
})
