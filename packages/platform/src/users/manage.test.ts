import { apiTokens, auditLog, tokenFamilies, users } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { and, eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import type { SessionCtx } from '../ctx.ts'
import { restoreUser, suspendUser, revokeUserSessions, setRole } from './manage.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })
const idOf = (ctx: SessionCtx) => ctx.actor.user.id
const client = { ip: '192.0.2.1', userAgent: 'test' }

const stored = async (id: string) =>
  (await database.db.select().from(users).where(eq(users.id, id)))[0]
const audited = (id: string) =>
  database.db.select().from(auditLog).where(eq(auditLog.subjectId, id)).orderBy(auditLog.id)

/** A person with everything that a change of role or status ends. */
async function signedInPerson(values: Parameters<typeof insertUser>[1] = {}) {
  const user = await insertUser(database.db, values)
  const { token } = await domain.anonymous().sessions.create(database.db, user.id, client)
  const expiresAt = new Date(Date.now() + 60_000)
  await database.db.insert(tokenFamilies).values({ userId: user.id, expiresAt })
  const isAlive = async () =>
    (await domain.anonymous().sessions.validate(database.db, token)) !== null
  return { id: user.id, isAlive }
}

describe('setRole', () => {
  test('SE4 changes the role, writes it down, and ends what was opened before', async () => {
    const admin = await domain.person({ role: 'admin' })
    const { id, isAlive } = await signedInPerson({ role: 'reader' })
    expect(await setRole(admin, { id, role: 'editor' })).toMatchObject({ id, role: 'editor' })
    expect(await isAlive()).toBe(false)
    expect(await stored(id)).toMatchObject({ role: 'editor', tokenVersion: 2 })
    const [family] = await database.db
      .select()
      .from(tokenFamilies)
      .where(eq(tokenFamilies.userId, id))
    expect(family?.revokedAt).toBeInstanceOf(Date)
    expect(await audited(id)).toMatchObject([
      {
        action: 'user.role-changed',
        actorKind: 'user',
        actorId: idOf(admin),
        targetType: 'user',
        targetId: id,
        before: { role: 'reader' },
        after: { role: 'editor' },
        requestId: 'test',
        ip: '127.0.0.1',
      },
    ])
  })

  test('to the role that the person has already changes nothing', async () => {
    const admin = await domain.person({ role: 'admin' })
    const { id, isAlive } = await signedInPerson({ role: 'author' })
    expect(await setRole(admin, { id, role: 'author' })).toMatchObject({ role: 'author' })
    expect(await isAlive()).toBe(true)
    expect(await audited(id)).toEqual([])
  })

  test.each([
    ['editor', 'reader', 'editor'],
    ['editor', 'author', 'admin'],
    ['editor', 'editor', 'reader'],
    ['editor', 'admin', 'reader'],
  ] as const)('AZ7 an %s does not make a %s an %s', async (by, from, to) => {
    const manager = await domain.person({ role: by })
    const { id, isAlive } = await signedInPerson({ role: from })
    await expect(setRole(manager, { id, role: to })).rejects.toThrow(failsWith('user/forbidden'))
    expect(await stored(id)).toMatchObject({ role: from, tokenVersion: 1 })
    expect(await isAlive()).toBe(true)
    expect(await audited(id)).toEqual([])
  })

  test('AZ7 editors do not change themselves', async () => {
    const editor = await domain.person({ role: 'editor' })
    for (const role of ['reader', 'admin'] as const) {
      await expect(setRole(editor, { id: idOf(editor), role })).rejects.toThrow(
        failsWith('user/forbidden'),
      )
    }
  })

  test('of nobody is not found', async () => {
    const admin = await domain.person({ role: 'admin' })
    const id = '01900000-0000-7000-8000-000000000000'
    await expect(setRole(admin, { id, role: 'reader' })).rejects.toThrow(
      failsWith('user/not-found'),
    )
  })
})

describe('suspendUser and restoreUser', () => {
  test('SE4 a suspension ends every session, is written down with its reason, and can be taken back', async () => {
    const editor = await domain.person({ role: 'editor' })
    const { id, isAlive } = await signedInPerson()
    const suspended = await suspendUser(editor, { id, reason: 'Spam' })
    expect(suspended).toMatchObject({ status: 'suspended', can: { suspend: false, restore: true } })
    expect(await isAlive()).toBe(false)
    await suspendUser(editor, { id, reason: 'Again' })
    expect(await restoreUser(editor, { id })).toMatchObject({ status: 'active' })
    await restoreUser(editor, { id })
    expect(await audited(id)).toMatchObject([
      {
        action: 'user.suspended',
        before: { status: 'active' },
        after: { status: 'suspended', reason: 'Spam' },
      },
      { action: 'user.restored', before: { status: 'suspended' }, after: { status: 'active' } },
    ])
  })

  test.each(['editor', 'admin'] as const)('AZ7 an editor does not act on an %s', async (role) => {
    const editor = await domain.person({ role: 'editor' })
    const { id, isAlive } = await signedInPerson({ role })
    const acts = [
      () => suspendUser(editor, { id, reason: 'Coup' }),
      () => restoreUser(editor, { id }),
      () => revokeUserSessions(editor, { id }),
    ]
    for (const act of acts) await expect(act()).rejects.toThrow(failsWith('user/forbidden'))
    expect(await isAlive()).toBe(true)
    expect(await stored(id)).toMatchObject({ status: 'active', tokenVersion: 1 })
  })

  test('nobody suspends themselves', async () => {
    const admin = await domain.person({ role: 'admin' })
    await expect(suspendUser(admin, { id: idOf(admin), reason: 'Me' })).rejects.toThrow(
      failsWith('user/forbidden'),
    )
  })
})

test('SE6 a manager signs a person out everywhere, and their API clients', async () => {
  const editor = await domain.person({ role: 'editor' })
  const { id, isAlive } = await signedInPerson()
  await domain.anonymous().sessions.create(database.db, id, client)
  const scopes = ['users:read' as const]
  const { bearerTokens } = domain.anonymous()
  const row = {
    userId: id,
    name: 'an API client',
    hint: 'abcd',
    scopes,
    expiresAt: new Date('2100-01-01'),
  }
  const { token, hash: tokenHash } = bearerTokens.newApiToken()
  await database.db.insert(apiTokens).values({ ...row, tokenHash })
  expect(await revokeUserSessions(editor, { id })).toEqual({ count: 2 })
  expect(await isAlive()).toBe(false)
  expect(await bearerTokens.authenticate(token)).toBeNull()
  const [family] = await database.db
    .select()
    .from(tokenFamilies)
    .where(eq(tokenFamilies.userId, id))
  expect(family?.revokedAt).toBeInstanceOf(Date)
  // Both may be of one millisecond.
  const entries = (await audited(id)).toSorted((a, b) => a.action.localeCompare(b.action))
  expect(entries).toMatchObject([
    { action: 'token.deleted', before: { name: 'an API client' }, actorId: idOf(editor) },
    { action: 'user.sessions-revoked', after: { count: 2 } },
  ])
})

describe('AZ7 the last admin', () => {
  const retireAll = () =>
    database.db.update(users).set({ role: 'reader' }).where(eq(users.role, 'admin'))
  const activeAdmins = () =>
    database.db.$count(users, and(eq(users.role, 'admin'), eq(users.status, 'active')))

  test('cannot step down; of those who cannot sign in there is no other', async () => {
    await retireAll()
    const admin = await domain.person({ role: 'admin' })
    await insertUser(database.db, { role: 'admin', status: 'suspended' })
    await insertUser(database.db, { role: 'admin', emailVerifiedAt: null })
    await expect(setRole(admin, { id: idOf(admin), role: 'author' })).rejects.toThrow(
      failsWith('user/last-admin'),
    )
    await insertUser(database.db, { role: 'admin' })
    expect(await setRole(admin, { id: idOf(admin), role: 'author' })).toMatchObject({
      role: 'author',
    })
  })

  test('of 20 who step down at once one remains', async () => {
    await retireAll()
    const admins = await Promise.all(
      Array.from({ length: 20 }, () => domain.person({ role: 'admin' })),
    )
    const tries = await Promise.allSettled(
      admins.map((admin) => setRole(admin, { id: idOf(admin), role: 'reader' })),
    )
    expect(reasonsOf(tries)).toEqual(['user/last-admin'])
    expect(await activeAdmins()).toBe(1)
  })

  test('of two who suspend and demote each other 20 ways at once one remains', async () => {
    await retireAll()
    const [one, two] = [
      await domain.person({ role: 'admin' }),
      await domain.person({ role: 'admin' }),
    ]
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => {
        const [by, whom] = n % 2 === 0 ? [one, two] : [two, one]
        return n % 4 < 2
          ? setRole(by, { id: idOf(whom), role: 'reader' })
          : suspendUser(by, { id: idOf(whom), reason: 'Race' })
      }),
    )
    // Who lost is refused from then on; the winner's further calls find little left to change.
    expect(new Set(reasonsOf(tries))).toEqual(new Set(['user/forbidden']))
    expect(reasonsOf(tries)).toHaveLength(10)
    expect(await activeAdmins()).toBe(1)
  })
})

function reasonsOf(tries: PromiseSettledResult<unknown>[]) {
  return tries.flatMap((attempt) =>
    attempt.status === 'rejected' ? [(attempt.reason as { reason?: string }).reason] : [],
  )
}
