import { auditLog, sessions, tokenFamilies } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { openAccount, signIn } from '../../test/account.ts'
import { useTestDomain } from '../../test/context.ts'
import { listDevices, revokeOtherSessions, revokeSession, rotateSession } from './service.ts'

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

  test('all others go at once, and what programs got by signing in', async () => {
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
  test('keeps how the session began, and makes it as fresh as a sign-in', async () => {
    const before = await here.session()
    const { sessionId } = before.actor.via
    const long = new Date(Date.now() - 3_600_000)
    await database.db
      .update(sessions)
      .set({ method: 'passkey', authenticatedAt: long })
      .where(eq(sessions.id, sessionId))
    await rotateSession(before)
    const { via } = (await here.session()).actor
    expect(via.sessionId).not.toBe(sessionId)
    expect(Date.now() - via.authenticatedAt.getTime()).toBeLessThan(60_000)
    const [row] = await database.db.select().from(sessions).where(eq(sessions.id, via.sessionId))
    expect(row?.method).toBe('passkey')
  })

  test('of ten at once makes one session', async () => {
    const ctx = await here.session()
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => rotateSession(ctx)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await database.db.$count(sessions, eq(sessions.userId, userId))).toBe(2)
  })

  test('does not bring back a session that was ended meanwhile', async () => {
    const ctx = await here.session()
    await revokeOtherSessions(await there.session())
    await expect(rotateSession(ctx)).rejects.toMatchObject({ reason: 'session/required' })
    expect(await database.db.$count(sessions, eq(sessions.userId, userId))).toBe(1)
  })
})
