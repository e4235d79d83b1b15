import { auditLog, sessions, tokenFamilies, users } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { revokeSession, withRotatedSession } from '../../test/by-cookies.ts'
import { openAccount, signIn } from '../../test/account.ts'
import { useTestDomain } from '../../test/context.ts'
import { waitForLock } from '../../test/wait-for-lock.ts'
import { transact } from '../ctx.ts'
import { listDevices } from './get.ts'
import { revokeAccess } from './revoke-access.ts'
import { revokeOtherSessions } from './revoke.ts'

const domain = useTestDomain()
const { database } = domain

type Browser = Awaited<ReturnType<typeof signIn>>
let userId: string
let here: Browser
let there: Browser

beforeEach(async () => {
  const user = await openAccount(domain)
  userId = user.id
  here = await signIn(domain, user)
  there = await signIn(domain, user)
})

describe('SE6 devices', () => {
  test('are listed with where and when they were seen, newest first', async () => {
    const { items } = await listDevices(await here.session())
    expect(items).toEqual([
      expect.objectContaining({ current: false, method: 'password', ...there.client }),
      expect.objectContaining({ current: true, method: 'password', ...here.client }),
    ])
    for (const { lastSeenAt, expiresAt } of items) {
      expect(Date.now() - Date.parse(lastSeenAt)).toBeLessThan(60_000)
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now())
    }
    expect(JSON.stringify(items)).not.toContain(here.jar.get('session'))
  })

  test('are signed out one by one; the second time there is no such session', async () => {
    const other = (await there.session()).actor.via.sessionId
    const ctx = await here.session()
    expect(await revokeSession(ctx, { id: other })).toEqual({ count: 1 })
    await expect(there.session()).rejects.toThrow()
    expect((await here.session()).actor.user.id).toBe(userId)
    await expect(revokeSession(ctx, { id: other })).rejects.toMatchObject({
      reason: 'session/not-found',
    })
    const [row] = await database.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.action, 'session.revoked'))
    expect(row).toMatchObject({ actorId: userId, targetId: other })
  })

  test('AZ3 of others are like those that do not exist', async () => {
    const stranger = await signIn(domain, await openAccount(domain))
    const foreign = (await stranger.session()).actor.via.sessionId
    const ctx = await here.session()
    const errors = await Promise.all(
      [foreign, 'f'.repeat(64)].map((id) =>
        revokeSession(ctx, { id }).catch((error: unknown) => error),
      ),
    )
    expect(errors[0]).toMatchObject({ reason: 'session/not-found' })
    expect(JSON.stringify(errors[0])).toBe(JSON.stringify(errors[1]))
    expect((await stranger.session()).actor.via.sessionId).toBe(foreign)
  })

  test('the current one may go too, and its cookie with it', async () => {
    const ctx = await here.session()
    await revokeSession(ctx, { id: ctx.actor.via.sessionId })
    expect(here.jar.has('session')).toBe(false)
    expect((await there.session()).actor.user.id).toBe(userId)
  })

  test('all others go at once, and what API clients got by signing in', async () => {
    const stranger = await signIn(domain, await openAccount(domain))
    const expiresAt = new Date(Date.now() + 86_400_000)
    await database.db.insert(tokenFamilies).values({ userId, expiresAt })
    expect(await revokeOtherSessions(await here.session())).toEqual({ count: 1 })
    await expect(there.session()).rejects.toThrow()
    expect((await here.session()).actor.user.id).toBe(userId)
    expect((await stranger.session()).actor.user.id).not.toBe(userId)
    const [family] = await database.db
      .select()
      .from(tokenFamilies)
      .where(eq(tokenFamilies.userId, userId))
    expect(family?.revokedAt).not.toBeNull()
    expect(await revokeOtherSessions(await here.session())).toEqual({ count: 0 })
  })
})

describe('rotation', () => {
  const nothing = async () => {}

  test('keeps how and when the session began, how fresh it is and when it ends at the latest', async () => {
    const before = await here.session()
    const { sessionId } = before.actor.via
    const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000)
    const kept = {
      method: 'passkey' as const,
      createdAt: daysAgo(29),
      authenticatedAt: daysAgo(28),
      absoluteExpiresAt: daysAgo(-1),
    }
    const soon = { ...kept, expiresAt: daysAgo(-1) }
    await database.db.update(sessions).set(soon).where(eq(sessions.id, sessionId))
    await withRotatedSession(before, nothing)
    const { via } = (await here.session()).actor
    expect(via.sessionId).not.toBe(sessionId)
    const [row] = await database.db.select().from(sessions).where(eq(sessions.id, via.sessionId))
    expect(row).toMatchObject(soon)
    expect(await database.db.$count(sessions, eq(sessions.id, sessionId))).toBe(0)
  })

  test('of ten at once makes one session', async () => {
    const ctx = await here.session()
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, () => withRotatedSession(ctx, nothing)),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await database.db.$count(sessions, eq(sessions.userId, userId))).toBe(2)
  })

  test('does not bring back a session that was ended meanwhile, and the change does not hold', async () => {
    const ctx = await here.session()
    await revokeOtherSessions(await there.session())
    const change = withRotatedSession(ctx, async (tx) => {
      await tx.update(users).set({ bio: 'changed' }).where(eq(users.id, userId))
    })
    await expect(change).rejects.toMatchObject({ reason: 'session/required' })
    expect(await database.db.$count(sessions, eq(sessions.userId, userId))).toBe(1)
    expect(await database.db.$count(users, eq(users.bio, 'changed'))).toBe(0)
  })

  test('SE4 ending all access while a session rotates ends the new one too', async () => {
    const ctx = await here.session()
    const began = Promise.withResolvers<void>()
    let revoked: Promise<void> | undefined
    const rotated = transact(ctx, async (tx) => {
      await ctx.sessions.rotate(tx, ctx.actor.via.sessionId, ctx.client)
      revoked = transact(ctx, async (other) => {
        began.resolve()
        await revokeAccess(ctx, other, userId)
      })
      await began.promise
      // Until the other transaction waits for the row that this one has written.
      await waitForLock(database)
    })
    await rotated
    await revoked
    expect(await database.db.$count(sessions, eq(sessions.userId, userId))).toBe(0)
  })
})
