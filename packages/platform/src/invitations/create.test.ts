import { InvitationOrder } from '@galley/contract/platform/invitations'
import type { Tx } from '@galley/db/client'
import { auditLog, invitations, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { createSession, createUser } from '../../test/by-cookies.ts'
import { newcomer, openAccount } from '../../test/account.ts'
import { openBrowser, tokenIn } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { waitForLock } from '../../test/wait-for-lock.ts'
import { expectOrders } from '../../test/pages.ts'
import type { AppError } from '../errors.ts'
import { createInvitation } from './create.ts'
import { deleteInvitation, getInvitation, listInvitations } from './manage.ts'

const domain = useTestDomain()
const { database, anonymous, person, runJobs, mailTo } = domain

const inviteOnly = () => {
  const { site } = anonymous()
  return anonymous({ site: { ...site, signUp: 'invite' } })
}

const tokenTo = async (email: string, after?: number) => {
  await runJobs()
  return tokenIn(await mailTo(email, after === undefined ? {} : { after }))
}

const roleOf = async (email: string) =>
  (await database.db.select().from(users).where(eq(users.email, email)))[0]?.role

test('an invited person makes an account with the role that was offered, and signs in at once', async () => {
  const admin = await person({ role: 'admin' })
  const ada = newcomer('ada')
  const invitation = await createInvitation(admin, { email: ada.email, role: 'editor' })
  expect(invitation).toMatchObject({ email: ada.email, role: 'editor', can: { delete: true } })
  const token = await tokenTo(ada.email)
  expect(await getInvitation(anonymous(), { token })).toEqual({ email: ada.email, role: 'editor' })

  await expect(createUser(inviteOnly(), ada)).rejects.toMatchObject({
    reason: 'user/invitation-required',
  })
  await createUser(inviteOnly(), { ...ada, invitation: token })
  const signedIn = await createSession(await openBrowser(domain).request(), ada)
  expect(signedIn.user).toMatchObject({ username: 'ada', role: 'editor' })
  const actions = await database.db
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.targetId, invitation.id))
    .orderBy(auditLog.at)
  expect(actions.map(({ action }) => action)).toEqual(['invitation.created', 'invitation.accepted'])
  await expect(
    createUser(inviteOnly(), { ...newcomer('ada-again'), email: ada.email, invitation: token }),
  ).rejects.toMatchObject({ reason: 'invitation/invalid' })
})

test('the link is for its address alone', async () => {
  const admin = await person({ role: 'admin' })
  await createInvitation(admin, { email: 'bea@example.com', role: 'author' })
  const invitation = await tokenTo('bea@example.com')
  const before = await database.db.$count(users)
  await expect(
    createUser(anonymous(), { ...newcomer('mallory'), invitation }),
  ).rejects.toMatchObject({
    reason: 'invitation/invalid',
    fields: [expect.objectContaining({ path: 'email' })],
  })
  expect(await database.db.$count(users)).toBe(before)
})

test('a second invitation replaces the first: role, term and mail', async () => {
  const admin = await person({ role: 'admin' })
  const email = 'cleo@example.com'
  const first = await createInvitation(admin, { email, role: 'reader' })
  await runJobs()
  const { number } = await mailTo(email)
  const second = await createInvitation(admin, { email, role: 'author' })
  expect(second.id).toBe(first.id)
  const invitation = await tokenTo(email, number)
  await createUser(anonymous(), { ...newcomer('cleo'), invitation })
  expect(await roleOf(email)).toBe('author')
})

test('a withdrawn or expired invitation opens nothing', async () => {
  const admin = await person({ role: 'admin' })
  const { id } = await createInvitation(admin, { email: 'dora@example.com', role: 'author' })
  const invitation = await tokenTo('dora@example.com')
  expect(await deleteInvitation(admin, { id })).toEqual({ id })
  await expect(deleteInvitation(admin, { id })).rejects.toMatchObject({
    reason: 'invitation/not-found',
  })
  await expect(createUser(anonymous(), { ...newcomer('dora'), invitation })).rejects.toMatchObject({
    reason: 'invitation/invalid',
  })

  await createInvitation(admin, { email: 'eva@example.com', role: 'author' })
  const token = await tokenTo('eva@example.com')
  const late = anonymous({ now: () => new Date(Date.now() + 8 * 86_400_000) })
  await expect(getInvitation(late, { token })).rejects.toMatchObject({
    reason: 'invitation/invalid',
  })
})

test.each([
  [
    'taken back',
    (tx: Tx, id: string) => tx.delete(invitations).where(eq(invitations.id, id)),
    { refused: 'invitation/invalid', role: undefined },
  ],
  [
    'given another role',
    (tx: Tx, id: string) =>
      tx.update(invitations).set({ role: 'reader' }).where(eq(invitations.id, id)),
    { refused: null, role: 'reader' },
  ],
])('what is %s while it is accepted is accepted as it is then', async (how, change, outcome) => {
  const admin = await person({ role: 'admin' })
  const invited = newcomer(how.replaceAll(' ', '-'))
  const { id } = await createInvitation(admin, { email: invited.email, role: 'admin' })
  const invitation = await tokenTo(invited.email)
  const accepting = await database.db.transaction(async (tx) => {
    await change(tx, id)
    const waiting = createUser(anonymous(), { ...invited, invitation })
    await Promise.race([waiting.catch(() => {}), waitForLock(database)])
    return { waiting }
  })
  const refused = await accepting.waiting.then(
    () => null,
    ({ reason }: AppError) => reason,
  )
  expect({ refused, role: await roleOf(invited.email) }).toEqual(outcome)
})

test.each([
  ['is suspended', { status: 'suspended' }],
  ['is an editor by now', { role: 'editor' }],
] as const)('what somebody offered who %s is offered no longer', async (name, change) => {
  const admin = await person({ role: 'admin' })
  const invited = newcomer(name.replaceAll(' ', '-'))
  const { id } = await createInvitation(admin, { email: invited.email, role: 'admin' })
  const invitation = await tokenTo(invited.email)
  await database.db.update(users).set(change).where(eq(users.id, admin.actor.user.id))
  const refused = { reason: 'invitation/invalid' }
  await expect(getInvitation(anonymous(), { token: invitation })).rejects.toMatchObject(refused)
  await expect(createUser(anonymous(), { ...invited, invitation })).rejects.toMatchObject(refused)
  const { items } = await listInvitations(await person({ role: 'admin' }), { limit: 100 })
  expect(items.map((one) => one.id)).not.toContain(id)
})

test('editors invite readers and authors, and nobody is invited who has an account', async () => {
  const editor = await person({ role: 'editor' })
  await expect(
    createInvitation(editor, { email: 'fay@example.com', role: 'editor' }),
  ).rejects.toMatchObject({ reason: 'user/forbidden' })
  await createInvitation(editor, { email: 'fay@example.com', role: 'author' })
  const { email } = await openAccount(domain)
  await expect(createInvitation(editor, { email, role: 'author' })).rejects.toMatchObject({
    reason: 'invitation/has-account',
  })
  const admin = await person({ role: 'admin' })
  const gwen = await createInvitation(admin, { email: 'gwen@example.com', role: 'admin' })
  await expect(deleteInvitation(editor, { id: gwen.id })).rejects.toMatchObject({
    reason: 'user/forbidden',
  })
  const { items } = await listInvitations(editor, { limit: 20 })
  expect(items.find(({ id }) => id === gwen.id)).toMatchObject({ can: { delete: false } })
})

test('pending invitations are listed page by page, past an offset, and counted', async () => {
  await database.db.delete(invitations)
  const admin = await person({ role: 'admin' })
  for (const [n, name] of ['hal', 'hana', 'hugo'].entries()) {
    const role = n === 1 ? 'editor' : 'author'
    await createInvitation(admin, { email: `${name}@example.com`, role })
    const expiresAt = new Date(Date.UTC(2999, 0, n === 0 ? 9 : n))
    const createdAt = new Date(Date.UTC(2026, 0, n + 1))
    const isThis = eq(invitations.email, `${name}@example.com`)
    await database.db.update(invitations).set({ expiresAt, createdAt }).where(isThis)
  }
  await expectOrders((input) => listInvitations(admin, input), InvitationOrder.options, 3)
  const names = async (input: Partial<Parameters<typeof listInvitations>[1]>) =>
    (await listInvitations(admin, { limit: 9, ...input })).items.map(
      ({ email }) => email.split('@')[0],
    )
  expect(await names({})).toEqual(['hugo', 'hana', 'hal'])
  expect(await names({ sort: 'expires' })).toEqual(['hana', 'hugo', 'hal'])
  expect(await names({ role: 'editor' })).toEqual(['hana'])
})

test('a link used twenty times at once makes one account', async () => {
  const admin = await person({ role: 'admin' })
  const email = 'ida@example.com'
  await createInvitation(admin, { email, role: 'author' })
  const invitation = await tokenTo(email)
  const all = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      createUser(anonymous(), { ...newcomer(`ida-${n}`), email, invitation }),
    ),
  )
  expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await database.db.$count(users, eq(users.email, email))).toBe(1)
  expect(await database.db.$count(invitations, eq(invitations.email, email))).toBe(0)
})
