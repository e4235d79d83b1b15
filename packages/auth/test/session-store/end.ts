import { createHash } from 'node:crypto'
import { sessions, users } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { eq } from 'drizzle-orm'
import { describe, expect, test, vi } from 'vitest'
import { after, client, day, passes, signedInAt, type World } from './world.ts'

export function describeEnds(on: World) {
  describe('in a transaction', () => {
    test('everything is undone with it', async () => {
      const kept = await on.store.create(on.db, on.userId, client)
      const revoked = await on.store.create(on.db, on.userId, client)
      const undone = new Error('undone')
      let created = ''
      const work = on.db.transaction(async (tx) => {
        const { token } = await on.store.create(tx, on.userId, client)
        created = token
        expect(await on.store.validate(tx, token)).not.toBeNull()
        await on.store.confirm(tx, kept.session.id)
        await on.store.rotate(tx, kept.session.id, client)
        expect(await on.store.find(tx, kept.session.id)).toBeNull()
        await on.store.revoke(tx, revoked.session.id)
        expect(await on.store.list(tx, on.userId)).toHaveLength(2)
        expect(await on.store.revokeAll(tx, on.userId)).toBe(2)
        throw undone
      })
      await expect(work).rejects.toBe(undone)
      expect(await on.store.validate(on.db, created)).toBeNull()
      expect((await on.store.validate(on.db, kept.token))?.session).toEqual(kept.session)
      expect((await on.store.validate(on.db, revoked.token))?.session).toEqual(revoked.session)
    })
  })

  describe('rotation', () => {
    test('gives the session another token and leaves how old and how fresh it is', async () => {
      const { token, session } = await on.store.create(on.db, on.userId, client, 'passkey')
      vi.setSystemTime(after(20 * day))
      const elsewhere = { ip: '203.0.113.8', userAgent: 'x'.repeat(500) }
      await on.db.update(sessions).set({ expiresAt: after(21 * day) })
      const rotated = await on.store.rotate(on.db, session.id, elsewhere)
      expect(rotated?.session).toEqual({
        ...session,
        id: createHash('sha256')
          .update(rotated?.token ?? '')
          .digest('hex'),
        lastSeenAt: after(20 * day),
        expiresAt: after(30 * day),
        ip: elsewhere.ip,
        userAgent: 'x'.repeat(400),
      })
      expect(await on.store.validate(on.db, token)).toBeNull()
      expect((await on.store.validate(on.db, rotated?.token ?? ''))?.session).toEqual(
        rotated?.session,
      )
      vi.setSystemTime(after(30 * day))
      expect(await on.store.validate(on.db, rotated?.token ?? '')).toBeNull()
    })

    test('of one that has ended makes none', async () => {
      const { session } = await on.store.create(on.db, on.userId, client)
      vi.setSystemTime(after(14 * day))
      expect(await on.store.rotate(on.db, session.id, client)).toBeNull()
      await on.store.revoke(on.db, session.id)
      vi.setSystemTime(signedInAt)
      expect(await on.store.rotate(on.db, session.id, client)).toBeNull()
      expect(await on.db.$count(sessions)).toBe(0)
    })
  })

  describe('ending and listing', () => {
    test('SE4: a revoked session is over at once, others are not', async () => {
      const one = await on.store.create(on.db, on.userId, client)
      const other = await on.store.create(on.db, on.userId, client)
      expect(await on.store.revoke(on.db, one.session.id)).toBe(true)
      expect(await on.store.validate(on.db, one.token)).toBeNull()
      expect(await on.store.validate(on.db, other.token)).not.toBeNull()
      expect(await on.store.revoke(on.db, one.session.id)).toBe(false)
    })

    test('revoke ends nobody else’s session where it is given whose', async () => {
      const { token, session } = await on.store.create(on.db, on.userId, client)
      const other = await insertUser(on.db)
      expect(await on.store.revoke(on.db, session.id, { userId: other.id })).toBe(false)
      expect(await on.store.validate(on.db, token)).not.toBeNull()
      expect(await on.store.revoke(on.db, session.id, { userId: on.userId })).toBe(true)
      expect(await on.store.validate(on.db, token)).toBeNull()
    })

    test('SE4: validations during a revocation do not bring it back', async () => {
      const { token, session } = await on.store.create(on.db, on.userId, client)
      passes(8 * day)
      await Promise.all([
        ...Array.from({ length: 10 }, () => on.store.validate(on.db, token)),
        on.store.revoke(on.db, session.id),
        ...Array.from({ length: 10 }, () => on.store.validate(on.db, token)),
      ])
      expect(await on.store.validate(on.db, token)).toBeNull()
      expect(await on.idsInTable()).toEqual([])
    })

    test('SE4: revokeAll ends every session of the user and no one else’s', async () => {
      const mine = await Promise.all([1, 2, 3].map(() => on.store.create(on.db, on.userId, client)))
      const other = await on.store.create(on.db, (await insertUser(on.db)).id, client)
      expect(await on.store.revokeAll(on.db, on.userId)).toBe(3)
      for (const { token } of mine) expect(await on.store.validate(on.db, token)).toBeNull()
      expect(await on.store.validate(on.db, other.token)).not.toBeNull()
    })

    test('revokeAll can spare one session', async () => {
      const [kept, ...ended] = await Promise.all([
        on.store.create(on.db, on.userId, client),
        on.store.create(on.db, on.userId, client),
        on.store.create(on.db, on.userId, client),
      ])
      expect(await on.store.revokeAll(on.db, on.userId, { except: kept.session.id })).toBe(2)
      expect(await on.store.validate(on.db, kept.token)).not.toBeNull()
      for (const { token } of ended) expect(await on.store.validate(on.db, token)).toBeNull()
    })

    test('SE6: list returns the live sessions of the user, newest first', async () => {
      const expired = await on.store.create(on.db, on.userId, client)
      passes(10 * day)
      const older = await on.store.create(on.db, on.userId, {
        ip: '2001:db8::1',
        userAgent: 'older',
      })
      passes(5 * day)
      const newer = await on.store.create(on.db, on.userId, client)
      await on.store.create(on.db, (await insertUser(on.db)).id, client)
      expect(await on.store.list(on.db, on.userId)).toEqual([newer.session, older.session])
      expect(await on.store.validate(on.db, expired.token)).toBeNull()
    })

    test('a session at its absolute limit is listed with its true expiry', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      for (const days of [8, 8, 8]) {
        passes(days * day)
        await on.store.validate(on.db, token)
      }
      expect(await on.store.list(on.db, on.userId)).toMatchObject([{ expiresAt: after(30 * day) }])
    })

    test('SE4: with the user the sessions are gone', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      await on.db.delete(users).where(eq(users.id, on.userId))
      expect(await on.store.validate(on.db, token)).toBeNull()
      expect(await on.idsInTable()).toEqual([])
    })
  })
}
