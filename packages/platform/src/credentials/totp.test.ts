import { auditLog, outbox, recoveryCodes, totpCredentials, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  confirmTotp,
  createRecoveryCodes,
  createSession,
  deleteTotp,
} from '../../test/by-cookies.ts'
import { openAccount, password, signIn } from '../../test/account.ts'
import { openBrowser } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { codeAt, openGuardedAccount, steps } from '../../test/second-factor.ts'
import { checkSecondFactor } from '../sessions/check-code.ts'
import { startTotp } from './totp.ts'
import { getCredentials } from './get.ts'

const domain = useTestDomain()
const { database } = domain

/** A browser whose person has not switched anything on yet. */
async function newBrowser() {
  const user = await openAccount(domain)
  return { user, browser: await signIn(domain, user) }
}

describe('switching on', () => {
  test('a right code switches it on and gives ten recovery codes; before, nothing asks for a code', async () => {
    const { user, browser } = await newBrowser()
    const { secret, uri, qrSvg } = await startTotp(await browser.session())
    expect(uri).toContain(`issuer=Galley`)
    expect(uri).toContain(secret)
    expect(qrSvg).toContain('<svg')
    expect(await getCredentials(await browser.session())).toMatchObject({ totp: false })
    const early = openBrowser(domain)
    expect(
      await createSession(await early.request(), { email: user.email, password }),
    ).toMatchObject({ secondFactor: false })

    const code = codeAt(secret, new Date())
    const { codes } = await confirmTotp(await browser.session(), {
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    })
    expect(new Set(codes)).toHaveProperty('size', 10)
    expect(await getCredentials(await browser.session())).toMatchObject({
      totp: true,
      recoveryCodesLeft: 10,
    })
  })

  test('starting again makes the secret before worthless', async () => {
    const { browser } = await newBrowser()
    const first = await startTotp(await browser.session())
    const second = await startTotp(await browser.session())
    const confirm = async (secret: string) =>
      confirmTotp(await browser.session(), { code: codeAt(secret, new Date()) })
    await expect(confirm(first.secret)).rejects.toMatchObject({ reason: 'totp/wrong-code' })
    expect((await confirm(second.secret)).codes).toHaveLength(10)
  })

  test('it needs a start, and is done once', async () => {
    const { browser } = await newBrowser()
    const session = await browser.session()
    await expect(confirmTotp(session, { code: '123456' })).rejects.toMatchObject({
      reason: 'totp/not-started',
    })
    const guarded = await openGuardedAccount(domain)
    const again = await guarded.browser.session()
    await expect(startTotp(again)).rejects.toMatchObject({ reason: 'totp/already-on' })
    await expect(
      confirmTotp(again, { code: codeAt(guarded.secret, new Date()) }),
    ).rejects.toMatchObject({ reason: 'totp/already-on' })
  })

  test('of two confirmations at once one gives the codes', async () => {
    const { user, browser } = await newBrowser()
    const { secret } = await startTotp(await browser.session())
    const session = await browser.session()
    const code = codeAt(secret, new Date())
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => confirmTotp(session, { code })))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await database.db.$count(recoveryCodes, eq(recoveryCodes.userId, user.id))).toBe(10)
  })

  test('the code that switched it on is used', async () => {
    const { user, browser } = await newBrowser()
    const { secret } = await startTotp(await browser.session())
    const at = steps()()
    const code = codeAt(secret, at)
    await confirmTotp({ ...(await browser.session()), now: () => at }, { code })
    await expect(
      checkSecondFactor({ ...(await browser.request()), now: () => at }, user.id, code),
    ).rejects.toMatchObject({ reason: 'session/wrong-code' })
  })

  test('the database holds neither the secret nor a code', async () => {
    const { user, secret, codes } = await openGuardedAccount(domain)
    const rows = await Promise.all([
      database.db.select().from(totpCredentials).where(eq(totpCredentials.userId, user.id)),
      database.db.select().from(recoveryCodes).where(eq(recoveryCodes.userId, user.id)),
      database.db.select().from(auditLog),
      database.db.select().from(outbox),
    ])
    expect(rows.map(({ length }) => length > 0)).toEqual([true, true, true, true])
    const stored = JSON.stringify(rows)
    for (const canary of [secret, ...codes, ...codes.map((code) => code.replaceAll('-', ''))]) {
      expect(stored).not.toContain(canary)
    }
  })
})

describe('every change', () => {
  test('ends the other sessions, gives this one a new cookie, is mailed about and written to the audit log', async () => {
    const { user, browser } = await newBrowser()
    const elsewhere = await signIn(domain, user)
    const before = browser.jar.get('session') ?? ''
    const { secret } = await startTotp(await browser.session())
    await confirmTotp(await browser.session(), { code: codeAt(secret, new Date()) })
    await expect(elsewhere.session()).rejects.toThrow('Nobody is signed in')
    expect(browser.jar.get('session')).not.toBe(before)
    expect(await domain.anonymous().sessions.validate(database.db, before)).toBeNull()
    await createRecoveryCodes(await browser.session())
    await deleteTotp(await browser.session())

    const written = await database.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.subjectId, user.id))
      .orderBy(auditLog.id)
    const actions = written.map(({ action }) => action)
    expect(actions.filter((action) => !action.startsWith('session.'))).toEqual([
      'second-factor.turned-on',
      'recovery-codes.replaced',
      'second-factor.turned-off',
    ])
    const told = await database.db
      .select()
      .from(outbox)
      .where(eq(outbox.event, 'user.second-factor-changed'))
      .orderBy(outbox.id)
    const mine = told
      .map(({ payload }) => payload)
      .filter((told) => JSON.stringify(told).includes(user.id))
    expect(mine).toEqual([
      { userId: user.id, on: true },
      { userId: user.id, on: false },
    ])
    const [row] = await database.db.select().from(users).where(eq(users.id, user.id))
    expect(row?.tokenVersion).toBe(4)
  })
})

test('switched off, it is gone with its recovery codes', async () => {
  const { user, browser, codes } = await openGuardedAccount(domain)
  await deleteTotp(await browser.session())
  expect(await getCredentials(await browser.session())).toMatchObject({
    totp: false,
    recoveryCodesLeft: 0,
  })
  const [code = ''] = codes
  await expect(checkSecondFactor(await browser.request(), user.id, code)).rejects.toMatchObject({
    reason: 'session/wrong-code',
  })
  const session = await browser.session()
  await expect(deleteTotp(session)).rejects.toMatchObject({ reason: 'totp/off' })
  await expect(createRecoveryCodes(session)).rejects.toMatchObject({ reason: 'totp/off' })
})

test('new recovery codes make those before void', async () => {
  const { user, browser, codes } = await openGuardedAccount(domain)
  const { codes: fresh } = await createRecoveryCodes(await browser.session())
  expect(fresh).toHaveLength(10)
  const [old = ''] = codes
  const [young = ''] = fresh
  const check = async (code: string) => checkSecondFactor(await browser.request(), user.id, code)
  await expect(check(old)).rejects.toMatchObject({ reason: 'session/wrong-code' })
  await expect(check(young)).resolves.toBeUndefined()
})
