import type { IdentityProvider } from '@galley/auth/identity-providers'
import { createAuthenticator, flags } from '@galley/testing/authenticator'
import { auditLog, credentials, identities, outbox, passkeys, sessions } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { createSessionByPasskey, deletePasskey } from '../../test/by-cookies.ts'
import { openAccount, signIn } from '../../test/account.ts'
import { openBrowser } from '../../test/browser.ts'
import { useTestDomain } from '../../test/context.ts'
import { openGuardedAccount } from '../../test/second-factor.ts'
import { transact, type SessionCtx } from '../ctx.ts'
import { revokeAccess } from '../sessions/revoke-access.ts'
import { createPasskey, startPasskeyRegistration, listPasskeys } from './manage.ts'
import { startPasskeySignIn, stepUpByPasskey } from './sign-in.ts'

const domain = useTestDomain()
const { database } = domain
const origin = 'https://galley.test'
const invalid = { reason: 'passkey/invalid' }

const unreachable = async () => Promise.reject(new Error('Nobody asks it'))
const github: IdentityProvider = {
  name: 'github',
  label: 'GitHub',
  canReauthenticate: false,
  begin: unreachable,
  finish: unreachable,
  revoke: unreachable,
}

/** The options as the browser reads them. */
async function registrationOptions(ctx: SessionCtx) {
  const { options } = await startPasskeyRegistration(ctx)
  return JSON.parse(JSON.stringify(options)) as { challenge: string; user: { id: string } }
}

async function register(ctx: SessionCtx, name = 'Laptop', counter = 0) {
  const authenticator = createAuthenticator({ origin })
  const response = authenticator.create(await registrationOptions(ctx), { counter })
  const passkey = await createPasskey(ctx, { name, response })
  return { authenticator, passkey }
}

async function challenge() {
  const { options } = await startPasskeySignIn(domain.anonymous())
  return { challenge: options.challenge }
}

describe('registration', () => {
  test('SE4 of a session that was ended meanwhile keeps nothing', async () => {
    const browser = await signIn(domain, await openAccount(domain))
    const ctx = await browser.session()
    const authenticator = createAuthenticator({ origin })
    const response = authenticator.create(await registrationOptions(ctx), { counter: 0 })
    await transact(ctx, (tx) => revokeAccess(ctx, tx, ctx.actor.user.id))
    await expect(createPasskey(ctx, { name: 'Laptop', response })).rejects.toMatchObject({
      reason: 'session/required',
    })
    expect(await database.db.$count(passkeys, eq(passkeys.userId, ctx.actor.user.id))).toBe(0)
  })

  test('a passkey is kept, listed by its name, mailed about and written to the audit log', async () => {
    const browser = await signIn(domain, await openAccount(domain))
    const ctx = await browser.session()
    const { passkey, authenticator } = await register(ctx, 'Blue key')
    expect(passkey).toEqual({
      id: authenticator.id,
      name: 'Blue key',
      backedUp: false,
      createdAt: expect.any(String),
      lastUsedAt: null,
    })
    expect(await listPasskeys(ctx)).toEqual({ items: [passkey] })
    const { options } = await startPasskeyRegistration(ctx)
    expect(options.excludeCredentials).toMatchObject([{ id: passkey.id, transports: ['internal'] }])
    const payload = { userId: ctx.actor.user.id, kind: 'passkey', name: 'Blue key' }
    const events = await database.db
      .select()
      .from(outbox)
      .where(eq(outbox.event, 'user.credential-added'))
    expect(events.map((event) => event.payload)).toContainEqual(payload)
    const written = eq(auditLog.targetId, passkey.id)
    expect(await database.db.select().from(auditLog).where(written)).toMatchObject([
      { action: 'passkey.created', subjectId: ctx.actor.user.id, after: { name: 'Blue key' } },
    ])
  })

  test('a challenge works once, also for two at the same moment', async () => {
    const ctx = await domain.person()
    const options = await registrationOptions(ctx)
    const results = await Promise.allSettled(
      [1, 2, 3].map((number) =>
        createPasskey(ctx, {
          name: `Key ${number}`,
          response: createAuthenticator({ origin }).create(options),
        }),
      ),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await listPasskeys(ctx)).items).toHaveLength(1)
  })

  test("neither another person's challenge nor one for sign-in will do", async () => {
    const ctx = await domain.person()
    const foreign = await registrationOptions(await domain.person())
    const ofSignIn = { ...foreign, ...(await challenge()) }
    for (const options of [foreign, ofSignIn]) {
      const response = createAuthenticator({ origin }).create(options)
      await expect(createPasskey(ctx, { name: 'Key', response })).rejects.toMatchObject(invalid)
    }
  })

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { rpId: 'evil.example' }],
    ['nobody verified', { flags: flags.present }],
  ])('%s is refused, and the challenge is used up', async (_name, wrong) => {
    const ctx = await domain.person()
    const options = await registrationOptions(ctx)
    const authenticator = createAuthenticator({ origin })
    const name = 'Key'
    await expect(
      createPasskey(ctx, { name, response: authenticator.create(options, wrong) }),
    ).rejects.toMatchObject(invalid)
    await expect(
      createPasskey(ctx, { name, response: authenticator.create(options) }),
    ).rejects.toMatchObject(invalid)
  })

  test('a key that is here already cannot be taken over', async () => {
    const owner = await domain.person()
    const { authenticator } = await register(owner)
    const thief = await domain.person()
    const response = authenticator.create(await registrationOptions(thief))
    await expect(createPasskey(thief, { name: 'Mine', response })).rejects.toMatchObject(invalid)
    expect((await listPasskeys(owner)).items).toHaveLength(1)
  })
})

describe('sign-in', () => {
  test('AU11: a passkey is both factors; the session says by what it began', async () => {
    const guarded = await openGuardedAccount(domain)
    const { authenticator } = await register(await guarded.browser.session())
    const browser = openBrowser(domain)
    const response = authenticator.get(await challenge())
    const { user } = await createSessionByPasskey(await browser.request(), { response })
    expect(user?.id).toBe(guarded.user.id)
    const { sessionId } = (await browser.session()).actor.via
    const [row] = await database.db.select().from(sessions).where(eq(sessions.id, sessionId))
    expect(row?.method).toBe('passkey')
    const { items } = await listPasskeys(await browser.session())
    expect(items).toMatchObject([{ lastUsedAt: expect.any(String) }])
  })

  test('a challenge works once, also for ten at the same moment', async () => {
    const ctx = await domain.person()
    const { authenticator } = await register(ctx)
    const response = authenticator.get(await challenge())
    const own = eq(sessions.userId, ctx.actor.user.id)
    const before = await database.db.$count(sessions, own)
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, () => createSessionByPasskey(domain.anonymous(), { response })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await database.db.$count(sessions, own)).toBe(before + 1)
  })

  test('a challenge that we did not give, or gave for registration, is refused', async () => {
    const ctx = await domain.person()
    const { authenticator } = await register(ctx)
    const invented = { challenge: Buffer.alloc(32, 'x').toString('base64url') }
    for (const options of [invented, await registrationOptions(ctx)]) {
      await expect(
        createSessionByPasskey(domain.anonymous(), { response: authenticator.get(options) }),
      ).rejects.toMatchObject(invalid)
    }
  })

  test.each([
    ['another origin', { origin: 'https://evil.example' }],
    ['another site', { rpId: 'evil.example' }],
    ['nobody verified', { flags: flags.present }],
    ['another user', { userHandle: 'AAAA' }],
  ])('%s is refused', async (_name, wrong) => {
    const { authenticator } = await register(await domain.person())
    const response = authenticator.get(await challenge(), wrong)
    await expect(createSessionByPasskey(domain.anonymous(), { response })).rejects.toMatchObject(
      invalid,
    )
  })

  test('an unknown key gets the same error', async () => {
    const response = createAuthenticator({ origin }).get(await challenge())
    await expect(createSessionByPasskey(domain.anonymous(), { response })).rejects.toMatchObject(
      invalid,
    )
  })

  test('a counter that does not go up is refused, also of two that come at once', async () => {
    const { authenticator } = await register(await domain.person(), 'Key', 3)
    const use = async (counter: number) =>
      createSessionByPasskey(domain.anonymous(), {
        response: authenticator.get(await challenge(), { counter }),
      })
    await expect(use(3)).rejects.toMatchObject(invalid)
    await use(4)
    await expect(use(4)).rejects.toMatchObject(invalid)
    const copies = await Promise.allSettled([use(5), use(5), use(5)])
    expect(copies.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('suspended people sign in, to read', async () => {
    const { authenticator } = await register(await domain.person({ status: 'suspended' }))
    const response = authenticator.get(await challenge())
    const session = await createSessionByPasskey(domain.anonymous(), { response })
    expect(session.user).toMatchObject({ status: 'suspended', can: { write: false } })
  })
})

describe('step-up', () => {
  test("by one of one's own passkeys only", async () => {
    const browser = await signIn(domain, await openAccount(domain))
    const own = await register(await browser.session())
    const other = await register(await domain.person())
    await database.db.update(sessions).set({ authenticatedAt: new Date(0) })
    const ctx = await browser.session()
    await expect(
      stepUpByPasskey(ctx, { response: other.authenticator.get(await challenge()) }),
    ).rejects.toMatchObject(invalid)
    expect((await browser.session()).actor.via.authenticatedAt).toEqual(new Date(0))
    const refused = eq(auditLog.action, 'session.step-up-refused')
    expect(await database.db.select().from(auditLog).where(refused)).toMatchObject([
      { actorId: ctx.actor.user.id, subjectId: ctx.actor.user.id },
    ])
    const { until } = await stepUpByPasskey(ctx, {
      response: own.authenticator.get(await challenge()),
    })
    expect(new Date(until).getTime()).toBeGreaterThan(Date.now() + 9 * 60_000)
  })
})

describe('deleting', () => {
  test('ends other sessions, and the key no longer signs anybody in', async () => {
    const user = await openAccount(domain)
    const browser = await signIn(domain, user)
    const { authenticator, passkey } = await register(await browser.session())
    const elsewhere = await signIn(domain, user)
    await deletePasskey(await browser.session(), { id: passkey.id })
    expect((await listPasskeys(await browser.session())).items).toEqual([])
    await expect(elsewhere.session()).rejects.toThrow('Nobody is signed in')
    const response = authenticator.get(await challenge())
    await expect(createSessionByPasskey(domain.anonymous(), { response })).rejects.toMatchObject(
      invalid,
    )
    const written = eq(auditLog.targetId, passkey.id)
    const rows = await database.db.select().from(auditLog).where(written)
    expect(rows.map(({ action }) => action).toSorted()).toEqual([
      'passkey.created',
      'passkey.deleted',
    ])
  })

  test("AZ3: another person's is not there", async () => {
    const { passkey } = await register(await domain.person())
    const other = await signIn(domain, await openAccount(domain))
    for (const id of [passkey.id, 'AAAA']) {
      await expect(deletePasskey(await other.session(), { id })).rejects.toMatchObject({
        reason: 'passkey/not-found',
      })
    }
  })

  test('OA3: the last sign-in method stays, whatever else there is of it, also when two are deleted at once', async () => {
    const browser = openBrowser(domain)
    const ctx = await domain.person()
    const one = await register(ctx)
    const two = await register(ctx)
    await createSessionByPasskey(await browser.request(), {
      response: one.authenticator.get(await challenge()),
    })
    const session = await browser.session()
    const results = await Promise.allSettled(
      [one, two].map(({ passkey }) => deletePasskey(session, { id: passkey.id })),
    )
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [left] = (await listPasskeys(ctx)).items
    const id = left?.id ?? ''
    const remove = async (identityProviders: readonly IdentityProvider[] = []) =>
      deletePasskey({ ...(await browser.session()), identityProviders }, { id })
    await expect(remove()).rejects.toMatchObject({ reason: 'credential/last-way-in' })
    expect((await listPasskeys(ctx)).items).toHaveLength(1)

    const { id: userId } = ctx.actor.user
    await database.db
      .insert(identities)
      .values({ userId, provider: github.name, subject: '1', label: 'ada' })
    // Nobody signs in at a provider that is no longer configured.
    await expect(remove()).rejects.toMatchObject({ reason: 'credential/last-way-in' })
    await remove([github])
    expect((await listPasskeys(ctx)).items).toEqual([])
    expect(await database.db.$count(credentials, eq(credentials.userId, userId))).toBe(0)
  })
})
