import { credentials, sessions, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, test } from 'vitest'
import { createSession, createUser, verifyEmail } from '../../test/by-cookies.ts'
import { newcomer, openAccount, password } from '../../test/account.ts'
import { openBrowser, tokenIn } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { requestPasswordReset } from '../credentials/reset-password.ts'
import { updateProfile } from './update-profile.ts'
import { resendVerification } from './verify-email.ts'
import { getUserByUsername } from './queries.ts'

const domain = useTestDomain()
const { database, anonymous, runJobs, mailTo } = domain

// Somebody has to be admin already, or the first to verify here becomes one.
beforeAll(async () => {
  await openAccount(domain, { username: 'the-admin', role: 'admin' })
})

const find = async (email: string) =>
  (await database.db.select().from(users).where(eq(users.email, email)))[0]

const hashOf = async (userId: string | undefined) =>
  (
    await database.db
      .select()
      .from(credentials)
      .where(eq(credentials.userId, userId ?? ''))
  )[0]?.passwordHash

describe('sign-up', () => {
  test('makes an account that nobody can sign in to before the link in the mail was followed', async () => {
    const browser = openBrowser(domain)
    const ada = newcomer('ada')
    expect(await createUser(await browser.request(), ada)).toEqual({ accepted: true })
    expect([...browser.jar.keys()]).toEqual(['sign-up'])
    const created = await find(ada.email)
    expect(created).toMatchObject({ role: 'author', status: 'active', emailVerifiedAt: null })
    expect(await hashOf(created?.id)).toMatch(/^\$argon2id\$/)
    await expect(createSession(await browser.request(), ada)).rejects.toMatchObject({
      reason: 'session/email-unverified',
    })
    await expect(getUserByUsername(database.db, ada.username)).rejects.toMatchObject({
      reason: 'user/not-found',
    })

    await runJobs()
    const mail = await mailTo(ada.email)
    expect(mail.text).toContain('https://galley.test/verify-email?token=')
    const token = tokenIn(mail)
    expect(await verifyEmail(await browser.request(), { token })).toEqual({ email: ada.email })
    expect(await database.db.$count(sessions)).toBe(0)
    expect(await createSession(await browser.request(), ada)).toMatchObject({
      user: { username: 'ada', role: 'author' },
    })
    await expect(verifyEmail(anonymous(), { token })).rejects.toMatchObject({
      reason: 'link/used',
    })
  })

  test('AU4 of an address that has an account changes nothing and tells its owner', async () => {
    const owner = await openAccount(domain, { username: 'owner' })
    const before = await hashOf(owner.id)
    const attempt = { ...newcomer('impostor'), email: owner.email, password: 'another long one' }
    expect(await createUser(anonymous(), attempt)).toEqual({ accepted: true })
    expect(await find(owner.email)).toEqual(owner)
    expect(await hashOf(owner.id)).toBe(before)
    await runJobs()
    const mail = await mailTo(owner.email)
    expect(mail.subject).toBe('You have an account at Galley')
    expect(mail.text).not.toContain('token=')
  })

  test('AU4 costs the same for a new address, one that waits and one that has an account', async () => {
    const owner = await openAccount(domain)
    const waiting = newcomer('waiting')
    await createUser(anonymous(), waiting)
    const work = async (email: string, username: string) => {
      const ctx = anonymous()
      let hashes = 0
      const hash = (password: string) => {
        hashes += 1
        return ctx.passwords.hash(password)
      }
      database.statements.length = 0
      await createUser(
        { ...ctx, passwords: { ...ctx.passwords, hash } },
        { ...newcomer(username), email },
      )
      return { hashes, statements: database.statements.length }
    }
    const fresh = await work('fresh@example.com', 'fresh-one')
    expect(fresh).toEqual({ hashes: 1, statements: expect.any(Number) })
    expect(await work(owner.email, 'fresh-two')).toEqual(fresh)
    expect(await work(waiting.email, 'fresh-three')).toEqual(fresh)
  })

  test('OA2 of an address that nobody verified replaces what was there', async () => {
    const attacker = { ...newcomer('mallory'), email: 'victim@example.com' }
    await createUser(anonymous(), attacker)
    await runJobs()
    const victim = { ...newcomer('victim'), password: 'the victim chose this' }
    const browser = openBrowser(domain)
    await createUser(await browser.request(), victim)
    await runJobs()
    const mails = domain.mails().filter(({ to }) => to === victim.email)
    expect(mails).toHaveLength(1)
    // The link proves the address; the browser says which sign-up.
    const token = tokenIn(mails[0] ?? { text: '' })
    await verifyEmail(await browser.request(), { token })
    await expect(
      createSession(await openBrowser(domain).request(), attacker),
    ).rejects.toMatchObject({ reason: 'session/wrong-credentials' })
    const signedIn = await createSession(await openBrowser(domain).request(), victim)
    expect(signedIn.user).toMatchObject({ username: 'victim', displayName: 'victim' })
    expect(await database.db.$count(users, eq(users.username, 'mallory'))).toBe(0)
  })

  test('that a stranger put in its place is not confirmed by whose address it is', async () => {
    const email = 'clicks-all@example.com'
    const victim = { ...newcomer('clicks-all'), email, password: 'the victim chose this' }
    const browser = openBrowser(domain)
    await createUser(await browser.request(), victim)
    const attacker = { ...newcomer('stranger'), email, password: 'a stranger chose this' }
    await createUser(anonymous(), attacker)
    await runJobs()
    const token = tokenIn(await mailTo(email))
    const click = async (password?: string) =>
      verifyEmail(await browser.request(), { token, password })
    await expect(click()).rejects.toMatchObject({ reason: 'link/password-required' })
    await expect(click(victim.password)).rejects.toMatchObject({ reason: 'password/wrong' })
    expect((await find(email))?.emailVerifiedAt).toBeNull()

    // The victim signs up again: the same link confirms that.
    const again = { ...victim, username: 'clicks-once' }
    await createUser(await browser.request(), again)
    expect(await click()).toEqual({ email })
    await expect(
      createSession(await openBrowser(domain).request(), attacker),
    ).rejects.toMatchObject({ reason: 'session/wrong-credentials' })
    expect(await createSession(await openBrowser(domain).request(), again)).toMatchObject({
      user: { username: 'clicks-once' },
    })
  })

  test('that comes between the password and the link leaves the address unproved', async () => {
    const email = 'raced@example.com'
    const victim = { ...newcomer('raced'), email, password: 'the victim chose this' }
    await createUser(anonymous(), victim)
    await runJobs()
    const token = tokenIn(await mailTo(email))
    const ctx = anonymous()
    const passwords = {
      ...ctx.passwords,
      async verify(...args: Parameters<typeof ctx.passwords.verify>) {
        const matches = await ctx.passwords.verify(...args)
        await createUser(anonymous(), { ...newcomer('racer'), email, password: 'a stranger’s' })
        return matches
      },
    }
    const { password } = victim
    await expect(verifyEmail({ ...ctx, passwords }, { token, password })).rejects.toMatchObject({
      reason: 'link/invalid',
    })
    expect(await find(email)).toMatchObject({ username: 'racer', emailVerifiedAt: null })
  })

  test('mails nothing that a stranger has chosen, and not more often than every ten minutes', async () => {
    const email = 'target@example.com'
    const lure = { email, username: 'you-have-won', displayName: 'Claim at https://evil.example' }
    const signUps = Array.from({ length: 5 }, (_, n) =>
      createUser(anonymous(), { ...lure, username: `${lure.username}-${n}`, password }),
    )
    await Promise.all(signUps)
    await resendVerification(anonymous(), { email })
    await requestPasswordReset(anonymous(), { email })
    await requestPasswordReset(anonymous(), { email })
    await runJobs()
    const sent = domain.mails().filter(({ to }) => to === email)
    expect(sent.map(({ subject }) => subject).toSorted()).toEqual([
      'A new password for Galley',
      'Confirm your address at Galley',
    ])
    for (const mail of sent) expect(JSON.stringify(mail)).not.toMatch(/you-have-won|evil/)

    await domain.waitForMail(10)
    await createUser(anonymous(), { ...newcomer('later'), email })
    await runJobs()
    expect(domain.mails().filter(({ to }) => to === email)).toHaveLength(3)
  })

  test('of a suspended account that was never verified does not end the suspension', async () => {
    const email = 'banned@example.com'
    await openAccount(domain, { email, status: 'suspended', emailVerifiedAt: null })
    await createUser(anonymous(), { ...newcomer('banned-again'), email })
    expect(await find(email)).toMatchObject({ status: 'suspended' })
    expect(await database.db.$count(users, eq(users.username, 'banned-again'))).toBe(0)
  })

  test('AU4 a taken username is refused, whether the address has an account or not', async () => {
    const owner = await openAccount(domain, { username: 'taken' })
    const pending = newcomer('pending')
    await createUser(anonymous(), pending)
    const before = await database.db.$count(users)
    for (const email of [owner.email, pending.email, 'nobody@example.com']) {
      for (const username of ['taken', 'pending']) {
        const attempt = { ...newcomer(username), email }
        await expect(createUser(anonymous(), attempt)).rejects.toMatchObject({
          reason: 'user/username-taken',
          fields: [expect.objectContaining({ path: 'username' })],
        })
      }
    }
    expect(await database.db.$count(users)).toBe(before)
  })

  test('AU4 so is one that somebody had until lately', async () => {
    const owner = await openAccount(domain, { username: 'renamed-owner' })
    const other = await domain.person({ username: 'had-until-lately' })
    await updateProfile(other, { username: 'has-by-now' })
    for (const email of [owner.email, 'somebody-new@example.com']) {
      const attempt = { ...newcomer('had-until-lately'), email }
      await expect(createUser(anonymous(), attempt)).rejects.toMatchObject({
        reason: 'user/username-taken',
      })
    }
  })

  test('ten at once with one address make one account, whose link works', async () => {
    const email = 'race@example.com'
    const responses = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        createUser(anonymous(), { ...newcomer(`racer-${n}`), email }),
      ),
    )
    expect(responses).toEqual(Array.from({ length: 10 }, () => ({ accepted: true })))
    expect(await database.db.$count(users, eq(users.email, email))).toBe(1)
    await runJobs()
    expect(domain.mails().filter(({ to }) => to === email)).toHaveLength(1)
    await verifyEmail(anonymous(), { token: tokenIn(await mailTo(email)), password })
  })

  test('ten at once with one username make one account', async () => {
    const attempts = await Promise.allSettled(
      Array.from({ length: 10 }, (_, n) =>
        createUser(anonymous(), { ...newcomer('one-name'), email: `name-${n}@example.com` }),
      ),
    )
    const won = attempts.filter(({ status }) => status === 'fulfilled')
    expect(won).toHaveLength(1)
    const reasons = attempts.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    for (const reason of reasons) expect(reason).toMatchObject({ reason: 'user/username-taken' })
  })
})

describe('AU3 passwords', () => {
  const weak = [
    ['password1', 'password/too-common'],
    ['Galley2026!', 'password/too-common'],
    ['galley.test1', 'password/too-common'],
    ['grace-hopper-1', 'password/too-common'],
    ['grace-hopper@example.com', 'password/too-common'],
  ]
  test.each(weak)('%s is refused', async (password, reason) => {
    const before = await database.db.$count(users)
    const attempt = { ...newcomer('grace-hopper'), password }
    await expect(createUser(anonymous(), attempt)).rejects.toMatchObject({
      reason,
      fields: [expect.objectContaining({ path: 'password' })],
    })
    expect(await database.db.$count(users)).toBe(before)
  })

  test('128 characters of any script are kept whole', async () => {
    const long = `${'🦆ж'.repeat(63)}ab`
    const user = { ...newcomer('long-one'), password: long }
    await createUser(anonymous(), user)
    await runJobs()
    const token = tokenIn(await mailTo(user.email))
    await verifyEmail(anonymous(), { token, password: long })
    const signIn = async (password: string) =>
      createSession(await openBrowser(domain).request(), { ...user, password })
    await expect(signIn(`${long.slice(0, -1)}c`)).rejects.toMatchObject({
      reason: 'session/wrong-credentials',
    })
    expect(await signIn(long)).toMatchObject({ user: { username: 'long-one' } })
  })
})
