import { describe, expect, test } from 'vitest'
import { after, client, day, passes, second, signedInAt, type World } from './world.ts'

export function describeExpiry(on: World) {
  describe('expiry', () => {
    test('SE3: a session without requests ends after its idle time', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      passes(14 * day)
      expect(await on.store.validate(on.db, token)).toBeNull()
    })

    test('SE3: it is alive a second before', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      passes(14 * day - second)
      expect(await on.store.validate(on.db, token)).not.toBeNull()
    })

    test('it is extended once half of the idle time is over, and not at once again', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      passes(6 * day)
      expect(await on.store.validate(on.db, token)).toMatchObject({
        renewed: false,
        session: { expiresAt: after(14 * day) },
      })
      passes(2 * day)
      expect(await on.store.validate(on.db, token)).toMatchObject({
        renewed: true,
        session: { expiresAt: after(22 * day) },
      })
      expect(await on.store.validate(on.db, token)).toMatchObject({
        renewed: false,
        session: { expiresAt: after(22 * day) },
      })
    })

    test('SE3: however it is used, it ends at its absolute limit', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      const days: number[] = []
      for (
        let found = await on.store.validate(on.db, token);
        found;
        found = await on.store.validate(on.db, token)
      ) {
        expect(found.session.expiresAt.getTime()).toBeLessThanOrEqual(after(30 * day).getTime())
        days.push((Date.now() - signedInAt.getTime()) / day)
        passes(day / 2)
      }
      expect(days.at(-1)).toBe(29.5)
      passes(-second)
      expect(await on.store.validate(on.db, token)).not.toBeNull()
    })

    test('at the limit nothing is renewed or written', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      for (const days of [8, 8, 8]) {
        passes(days * day)
        await on.store.validate(on.db, token)
      }
      passes(30 * second)
      on.statements.length = 0
      expect(await on.store.validate(on.db, token)).toMatchObject({
        renewed: false,
        session: { expiresAt: after(30 * day) },
      })
      expect(on.statements).toHaveLength(1)
    })

    test('an absolute limit shorter than the idle one holds from the start', async () => {
      const short = on.create({ idleDays: 14, absoluteDays: 1 })
      const { token, session } = await short.create(on.db, on.userId, client)
      expect(session.expiresAt).toEqual(after(day))
      passes(day - second)
      expect(await short.validate(on.db, token)).toMatchObject({
        renewed: false,
        session: { expiresAt: after(day) },
      })
      passes(second)
      expect(await short.validate(on.db, token)).toBeNull()
      expect(await short.list(on.db, on.userId)).toEqual([])
    })

    test('deleteExpired removes what is over, counts it and leaves the rest', async () => {
      await on.store.create(on.db, on.userId, client)
      await on.store.create(on.db, on.userId, client)
      passes(10 * day)
      const { token, session } = await on.store.create(on.db, on.userId, client)
      passes(5 * day)
      expect(await on.store.deleteExpired(on.db)).toBe(2)
      expect(await on.store.deleteExpired(on.db)).toBe(0)
      expect(await on.idsInTable()).toEqual([session.id])
      expect(await on.store.validate(on.db, token)).not.toBeNull()
    })
  })

  describe('last seen', () => {
    test('moves at most once a minute', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      passes(59 * second)
      expect(await lastSeen(token)).toEqual(signedInAt)
      passes(2 * second)
      expect(await lastSeen(token)).toEqual(after(61 * second))
      passes(40 * second)
      expect(await lastSeen(token)).toEqual(after(61 * second))
      passes(20 * second)
      expect(await lastSeen(token)).toEqual(after(121 * second))
    })

    test('a second request within the minute writes nothing', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      passes(61 * second)
      await on.store.validate(on.db, token)
      passes(30 * second)
      on.statements.length = 0
      await on.store.validate(on.db, token)
      expect(on.statements).toHaveLength(1)
    })

    async function lastSeen(token: string): Promise<Date | undefined> {
      const found = await on.store.validate(on.db, token)
      const [listed] = await on.store.list(on.db, on.userId)
      expect(found?.session.lastSeenAt).toEqual(listed?.lastSeenAt)
      return listed?.lastSeenAt
    }
  })
}
