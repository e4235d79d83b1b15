import { auditLog, recoveryCodes, totpCredentials, users } from '@galley/db/schema'
import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { confirmTotp, createSession, deleteTotp } from '../../test/by-cookies.ts'
import { useTestDomain } from '../../test/context.ts'
import { codeAt, openGuardedAccount } from '../../test/second-factor.ts'
import { openAccount, password } from '../../test/account.ts'
import { openBrowser } from '../../test/browser.ts'
import { startTotp } from '../credentials/totp.ts'
import { systemCtx } from '../ctx.ts'
import { only } from '../rows.ts'
import { lacksSecondFactor } from '../actor.ts'
import { requireSecondFactorsOfAll } from './second-factor-policy.ts'
import { getSession } from '../sessions/get.ts'
import { resetSecondFactor, setRole } from './manage.ts'
import { resetLostSecondFactor } from './operator.ts'

const domain = useTestDomain()
const { database, anonymous } = domain
const operator = () => systemCtx(anonymous())

const policy = { roles: ['editor', 'admin'] as const, graceDays: 14 }
const now = new Date('2026-11-28T12:00:00Z')
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000)

const byId = async (id: string) =>
  only(await database.db.select().from(users).where(eq(users.id, id)))

/** The hourly job, with this policy at this moment. */
const applyAll = (secondFactor: typeof policy | { roles: []; graceDays: number }, at = now) =>
  requireSecondFactorsOfAll({ ...anonymous({ now: () => at }), secondFactor })

describe('a second factor that roles need', () => {
  test('is due after the days of grace, which begin once', async () => {
    const editor = (await domain.person({ role: 'editor' })).actor.user
    const author = (await domain.person({ role: 'author' })).actor.user
    const { user: guarded } = await openGuardedAccount(domain, { role: 'editor' })
    await applyAll(policy)
    await applyAll(policy, inDays(5))
    expect((await byId(editor.id)).secondFactorDueAt).toEqual(inDays(14))
    expect((await byId(author.id)).secondFactorDueAt).toBeNull()
    expect((await byId(guarded.id)).secondFactorDueAt).toBeNull()
    const person = await byId(editor.id)
    expect(lacksSecondFactor(person, inDays(13))).toBe(false)
    expect(lacksSecondFactor(person, inDays(14))).toBe(true)
    await applyAll({ roles: [], graceDays: 14 })
    expect((await byId(editor.id)).secondFactorDueAt).toBeNull()
  })

  test('follows the role, given and taken', async () => {
    const admin = { ...(await domain.person({ role: 'admin' })), secondFactor: policy }
    const { id } = (await domain.person({ role: 'author' })).actor.user
    await setRole({ ...admin, now: () => now }, { id, role: 'editor' })
    expect((await byId(id)).secondFactorDueAt).toEqual(inDays(14))
    await setRole(admin, { id, role: 'author' })
    expect((await byId(id)).secondFactorDueAt).toBeNull()
  })

  test('switched off is due at once; another one gives everything back', async () => {
    const { user, browser, nextStep } = await openGuardedAccount(domain, { role: 'editor' })
    await deleteTotp({ ...(await browser.session()), secondFactor: policy })
    const ctx = await browser.session()
    expect(ctx.actor.user.role).toBe('reader')
    expect((await getSession(ctx)).user).toMatchObject({ role: 'reader', can: { write: false } })
    const { secret } = await startTotp(ctx)
    const at = nextStep()
    await confirmTotp({ ...ctx, now: () => at }, { code: codeAt(secret, at) })
    expect((await browser.session()).actor.user.role).toBe('editor')
    expect((await byId(user.id)).secondFactorDueAt).toBeNull()
  })

  test('that is overdue leaves the rights of a reader, also by what a sign-in returns', async () => {
    const due = { role: 'editor', secondFactorDueAt: new Date(0) } as const
    const { email } = await openAccount(domain, due)
    const { user } = await createSession(await openBrowser(domain).request(), { email, password })
    expect(user).toMatchObject({ role: 'reader', can: { write: false, manageUsers: false } })
  })

  test('switched off where no role needs it asks for none', async () => {
    const { browser } = await openGuardedAccount(domain, { role: 'editor' })
    await deleteTotp(await browser.session())
    expect((await browser.session()).actor.user.role).toBe('editor')
  })
})

describe('a lost second factor', () => {
  test('is reset by an admin: written down, mailed, and another one is needed', async () => {
    const admin = await domain.person({ role: 'admin' })
    const { user, browser } = await openGuardedAccount(domain)
    const { id } = user
    expect(await resetSecondFactor(admin, { id })).toMatchObject({ id, secondFactor: false })
    await expect(browser.session()).rejects.toThrow()
    expect(await database.db.$count(totpCredentials, eq(totpCredentials.userId, id))).toBe(0)
    expect(await database.db.$count(recoveryCodes, eq(recoveryCodes.userId, id))).toBe(0)
    const written = and(eq(auditLog.action, 'second-factor.reset'), eq(auditLog.subjectId, id))
    expect(await database.db.select().from(auditLog).where(written)).toMatchObject([
      { actorId: admin.actor.user.id, targetId: id },
    ])
    await domain.runJobs()
    const subjects = domain.mails().flatMap(({ to, subject }) => (to === user.email ? subject : []))
    expect(subjects).toContain('The second factor of your account was reset')

    const again = openBrowser(domain)
    await createSession(await again.request(), { email: user.email, password })
    const ctx = await again.session()
    expect(ctx.actor.user.role).toBe('reader')
    const { secret } = await startTotp(ctx)
    const at = new Date()
    await confirmTotp(ctx, { code: codeAt(secret, at) })
    expect((await again.session()).actor.user.role).toBe('author')
    expect((await byId(id)).secondFactorResetAt).toBeNull()
  })

  test('of the only admin is reset by the operator, who is no person', async () => {
    const { user, browser } = await openGuardedAccount(domain, { role: 'admin' })
    const { id, email } = user
    await resetLostSecondFactor(operator(), { email })
    await expect(browser.session()).rejects.toThrow()
    const written = and(eq(auditLog.action, 'second-factor.reset'), eq(auditLog.subjectId, id))
    expect(await database.db.select().from(auditLog).where(written)).toMatchObject([
      { actorKind: 'system', actorId: null, targetId: id },
    ])
    const again = openBrowser(domain)
    await createSession(await again.request(), { email, password })
    expect((await again.session()).actor.user.role).toBe('reader')
    await expect(resetLostSecondFactor(operator(), { email })).rejects.toMatchObject({
      reason: 'totp/off',
    })
    await expect(
      resetLostSecondFactor(operator(), { email: 'nobody@example.com' }),
    ).rejects.toMatchObject({ reason: 'user/not-found' })
  })

  test('is not reset by editors, nor where there is none', async () => {
    const { user } = await openGuardedAccount(domain, { role: 'reader' })
    const editor = await domain.person({ role: 'editor' })
    await expect(resetSecondFactor(editor, user)).rejects.toMatchObject({
      reason: 'user/forbidden',
    })
    const admin = await domain.person({ role: 'admin' })
    const { id } = (await domain.person()).actor.user
    await expect(resetSecondFactor(admin, { id })).rejects.toMatchObject({ reason: 'totp/off' })
  })
})
