import { createHash } from 'node:crypto'
import type { Db } from '@galley/db/client'
import { sessions, users } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { insertUser } from '@galley/testing/factories'
import { eq, sql } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SessionStore } from '../src/sessions.ts'

type Expiry = { idleDays?: number; absoluteDays?: number }

const client = { ip: '203.0.113.7', userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }
const signedInAt = new Date('2026-11-23T09:30:00.123Z')
const second = 1000
const day = 86_400 * second

/**
 * What every SessionStore over the `sessions` table keeps to, whichever library is behind it. Defaults: 14 days
 * idle, 30 absolute. Time passes by the fake Date only.
 */
export function describeSessionStore(driver: string, create: (expiry?: Expiry) => SessionStore) {
  describe(`session store: ${driver}`, () => {
    const database = useTestDatabase()
    let db: Db
    let store: SessionStore
    let userId: string

    beforeEach(async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: signedInAt })
      db = database.db
      store = create()
      await db.delete(sessions)
      userId = (await insertUser(db)).id
    })

    afterEach(() => {
      vi.useRealTimers()
    })

    describe('create and validate', () => {
      test('the token finds the session and its user', async () => {
        const user = await insertUser(db, { role: 'editor', bio: 'Writes about tides.' })
        const { token, session } = await store.create(db, user.id, client)
        expect(session).toEqual({
          id: createHash('sha256').update(token).digest('hex'),
          userId: user.id,
          createdAt: signedInAt,
          authenticatedAt: signedInAt,
          method: 'password',
          lastSeenAt: signedInAt,
          expiresAt: after(14 * day),
          ...client,
        })
        const {
          emailVerifiedAt: _,
          tokenVersion: __,
          signUpId: ___,
          createdAt: ____,
          updatedAt: _____,
          ...known
        } = user
        expect(await store.validate(db, token)).toEqual({
          session,
          user: known,
          renewed: false,
        })
      })

      test('SE1: tokens are long, unlike and fit for a cookie', async () => {
        const created = await Promise.all(
          Array.from({ length: 20 }, () => store.create(db, userId, client)),
        )
        const tokens = created.map(({ token }) => token)
        expect(new Set(tokens).size).toBe(20)
        // 27 base64url characters carry 160 bits.
        for (const token of tokens) expect(token).toMatch(/^[\w-]{27,}$/)
      })

      test('SE1: the token is nowhere in the table', async () => {
        const { token, session } = await store.create(db, userId, client)
        await store.validate(db, token)
        const [row] = await db
          .select({ text: sql<string>`to_jsonb(sessions)::text` })
          .from(sessions)
          .where(eq(sessions.id, session.id))
        expect(row?.text).toContain(session.id)
        expect(row?.text).toContain(client.userAgent)
        expect(row?.text).not.toContain(token)
        expect(row?.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
      })

      test('a wrong token is refused, and so is the id of a session', async () => {
        const { token, session } = await store.create(db, userId, client)
        const lastReplaced = token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')
        const wrong = [
          lastReplaced,
          session.id,
          '',
          token.slice(0, -1),
          `${token}A`,
          `${token}\n`,
          ` ${token}`,
          `${token.slice(0, -1)}\0`,
          `${token.slice(0, -1)}é`,
          "' or true --",
          'x'.repeat(100_000),
        ]
        const found = await Promise.all(wrong.map((one) => store.validate(db, one)))
        expect(found).toEqual(wrong.map(() => null))
        expect(await store.validate(db, token)).not.toBeNull()
      })

      test('a validation is one statement, of a malformed token none', async () => {
        const { token } = await store.create(db, userId, client)
        database.statements.length = 0
        await store.validate(db, token)
        expect(database.statements).toHaveLength(1)
        for (const malformed of ['', `${token}A`, token.replace(/^./, '.'), 'x'.repeat(100_000)]) {
          await store.validate(db, malformed)
        }
        expect(database.statements).toHaveLength(1)
      })

      test('ip and user agent are kept to 400 characters', async () => {
        const long = { ip: '9'.repeat(500), userAgent: 'Mozilla '.repeat(500) }
        const { token, session } = await store.create(db, userId, long)
        expect(session.userAgent).toBe(long.userAgent.slice(0, 400))
        expect(session.ip).toBe(long.ip.slice(0, 400))
        expect((await store.validate(db, token))?.session).toEqual(session)
      })

      test('a session of nobody is not created', async () => {
        const nobody = '019ab000-0000-7000-8000-000000000000'
        await expect(store.create(db, nobody, client)).rejects.toThrow()
        expect(await store.list(db, nobody)).toEqual([])
      })

      test('the user’s data is fresh at every validation', async () => {
        const { token } = await store.create(db, userId, client)
        await store.validate(db, token)
        await db
          .update(users)
          .set({ displayName: 'Grace', role: 'admin', status: 'suspended' })
          .where(eq(users.id, userId))
        expect(await store.validate(db, token)).toMatchObject({
          user: { displayName: 'Grace', role: 'admin', status: 'suspended' },
        })
      })

      test('twenty validations at once agree', async () => {
        const { token, session } = await store.create(db, userId, client)
        passes(8 * day)
        const found = await Promise.all(Array.from({ length: 20 }, () => store.validate(db, token)))
        for (const one of found) {
          expect(one?.session).toMatchObject({ id: session.id, expiresAt: after(22 * day) })
        }
      })
    })

    describe('expiry', () => {
      test('SE3: a session without requests ends after its idle time', async () => {
        const { token } = await store.create(db, userId, client)
        passes(14 * day)
        expect(await store.validate(db, token)).toBeNull()
      })

      test('SE3: it is alive a second before', async () => {
        const { token } = await store.create(db, userId, client)
        passes(14 * day - second)
        expect(await store.validate(db, token)).not.toBeNull()
      })

      test('it is extended once half of the idle time is over, and not at once again', async () => {
        const { token } = await store.create(db, userId, client)
        passes(6 * day)
        expect(await store.validate(db, token)).toMatchObject({
          renewed: false,
          session: { expiresAt: after(14 * day) },
        })
        passes(2 * day)
        expect(await store.validate(db, token)).toMatchObject({
          renewed: true,
          session: { expiresAt: after(22 * day) },
        })
        expect(await store.validate(db, token)).toMatchObject({
          renewed: false,
          session: { expiresAt: after(22 * day) },
        })
      })

      test('SE3: however it is used, it ends at its absolute limit', async () => {
        const { token } = await store.create(db, userId, client)
        const days: number[] = []
        for (
          let found = await store.validate(db, token);
          found;
          found = await store.validate(db, token)
        ) {
          expect(found.session.expiresAt.getTime()).toBeLessThanOrEqual(after(30 * day).getTime())
          days.push((Date.now() - signedInAt.getTime()) / day)
          passes(day / 2)
        }
        expect(days.at(-1)).toBe(29.5)
        passes(-second)
        expect(await store.validate(db, token)).not.toBeNull()
      })

      test('at the limit nothing is renewed or written', async () => {
        const { token } = await store.create(db, userId, client)
        for (const days of [8, 8, 8]) {
          passes(days * day)
          await store.validate(db, token)
        }
        passes(30 * second)
        database.statements.length = 0
        expect(await store.validate(db, token)).toMatchObject({
          renewed: false,
          session: { expiresAt: after(30 * day) },
        })
        expect(database.statements).toHaveLength(1)
      })

      test('an absolute limit shorter than the idle one holds from the start', async () => {
        const short = create({ idleDays: 14, absoluteDays: 1 })
        const { token, session } = await short.create(db, userId, client)
        expect(session.expiresAt).toEqual(after(day))
        passes(day - second)
        expect(await short.validate(db, token)).toMatchObject({
          renewed: false,
          session: { expiresAt: after(day) },
        })
        passes(second)
        expect(await short.validate(db, token)).toBeNull()
        expect(await short.list(db, userId)).toEqual([])
      })

      test('deleteExpired removes what is over, counts it and leaves the rest', async () => {
        await store.create(db, userId, client)
        await store.create(db, userId, client)
        passes(10 * day)
        const { token, session } = await store.create(db, userId, client)
        passes(5 * day)
        expect(await store.deleteExpired(db)).toBe(2)
        expect(await store.deleteExpired(db)).toBe(0)
        expect(await idsInTable(userId)).toEqual([session.id])
        expect(await store.validate(db, token)).not.toBeNull()
      })
    })

    describe('last seen', () => {
      test('moves at most once a minute', async () => {
        const { token } = await store.create(db, userId, client)
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
        const { token } = await store.create(db, userId, client)
        passes(61 * second)
        await store.validate(db, token)
        passes(30 * second)
        database.statements.length = 0
        await store.validate(db, token)
        expect(database.statements).toHaveLength(1)
      })

      async function lastSeen(token: string): Promise<Date | undefined> {
        const found = await store.validate(db, token)
        const [listed] = await store.list(db, userId)
        expect(found?.session.lastSeenAt).toEqual(listed?.lastSeenAt)
        return listed?.lastSeenAt
      }
    })

    describe('find and confirm', () => {
      test('find returns a session as it is and moves nothing', async () => {
        const { session } = await store.create(db, userId, client, 'passkey')
        passes(8 * day)
        database.statements.length = 0
        expect(await store.find(db, session.id)).toEqual(session)
        expect(database.statements).toHaveLength(1)
      })

      test('find returns nothing that has ended', async () => {
        const { session } = await store.create(db, userId, client)
        const revoked = await store.create(db, userId, client)
        await store.revoke(db, revoked.session.id)
        expect(await store.find(db, revoked.session.id)).toBeNull()
        expect(await store.find(db, 'unknown')).toBeNull()
        passes(14 * day)
        expect(await store.find(db, session.id)).toBeNull()
      })

      test('confirm moves when the person last proved who they are, and nothing else', async () => {
        const { session } = await store.create(db, userId, client)
        passes(3 * day)
        expect(await store.confirm(db, session.id)).toEqual(after(3 * day))
        expect(await store.find(db, session.id)).toEqual({
          ...session,
          authenticatedAt: after(3 * day),
        })
      })
    })

    describe('in a transaction', () => {
      test('everything is undone with it', async () => {
        const kept = await store.create(db, userId, client)
        const revoked = await store.create(db, userId, client)
        const undone = new Error('undone')
        let created = ''
        const work = db.transaction(async (tx) => {
          const { token } = await store.create(tx, userId, client)
          created = token
          expect(await store.validate(tx, token)).not.toBeNull()
          await store.confirm(tx, kept.session.id)
          await store.rotate(tx, kept.session.id, client)
          expect(await store.find(tx, kept.session.id)).toBeNull()
          await store.revoke(tx, revoked.session.id)
          expect(await store.list(tx, userId)).toHaveLength(2)
          expect(await store.revokeAll(tx, userId)).toBe(2)
          throw undone
        })
        await expect(work).rejects.toBe(undone)
        expect(await store.validate(db, created)).toBeNull()
        expect((await store.validate(db, kept.token))?.session).toEqual(kept.session)
        expect((await store.validate(db, revoked.token))?.session).toEqual(revoked.session)
      })
    })

    describe('rotation', () => {
      test('gives the session another token and leaves how old and how fresh it is', async () => {
        const { token, session } = await store.create(db, userId, client, 'passkey')
        vi.setSystemTime(after(20 * day))
        const elsewhere = { ip: '203.0.113.8', userAgent: 'x'.repeat(500) }
        await db.update(sessions).set({ expiresAt: after(21 * day) })
        const rotated = await store.rotate(db, session.id, elsewhere)
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
        expect(await store.validate(db, token)).toBeNull()
        expect((await store.validate(db, rotated?.token ?? ''))?.session).toEqual(rotated?.session)
        vi.setSystemTime(after(30 * day))
        expect(await store.validate(db, rotated?.token ?? '')).toBeNull()
      })

      test('of one that has ended makes none', async () => {
        const { session } = await store.create(db, userId, client)
        vi.setSystemTime(after(14 * day))
        expect(await store.rotate(db, session.id, client)).toBeNull()
        await store.revoke(db, session.id)
        vi.setSystemTime(signedInAt)
        expect(await store.rotate(db, session.id, client)).toBeNull()
        expect(await db.$count(sessions)).toBe(0)
      })
    })

    describe('ending and listing', () => {
      test('SE4: a revoked session is over at once, others are not', async () => {
        const one = await store.create(db, userId, client)
        const other = await store.create(db, userId, client)
        expect(await store.revoke(db, one.session.id)).toBe(true)
        expect(await store.validate(db, one.token)).toBeNull()
        expect(await store.validate(db, other.token)).not.toBeNull()
        expect(await store.revoke(db, one.session.id)).toBe(false)
      })

      test('revoke ends nobody else’s session where it is given whose', async () => {
        const { token, session } = await store.create(db, userId, client)
        const other = await insertUser(db)
        expect(await store.revoke(db, session.id, { userId: other.id })).toBe(false)
        expect(await store.validate(db, token)).not.toBeNull()
        expect(await store.revoke(db, session.id, { userId })).toBe(true)
        expect(await store.validate(db, token)).toBeNull()
      })

      test('SE4: validations during a revocation do not bring it back', async () => {
        const { token, session } = await store.create(db, userId, client)
        passes(8 * day)
        await Promise.all([
          ...Array.from({ length: 10 }, () => store.validate(db, token)),
          store.revoke(db, session.id),
          ...Array.from({ length: 10 }, () => store.validate(db, token)),
        ])
        expect(await store.validate(db, token)).toBeNull()
        expect(await idsInTable(userId)).toEqual([])
      })

      test('SE4: revokeAll ends every session of the user and no one else’s', async () => {
        const mine = await Promise.all([1, 2, 3].map(() => store.create(db, userId, client)))
        const other = await store.create(db, (await insertUser(db)).id, client)
        expect(await store.revokeAll(db, userId)).toBe(3)
        for (const { token } of mine) expect(await store.validate(db, token)).toBeNull()
        expect(await store.validate(db, other.token)).not.toBeNull()
      })

      test('revokeAll can spare one session', async () => {
        const [kept, ...ended] = await Promise.all([
          store.create(db, userId, client),
          store.create(db, userId, client),
          store.create(db, userId, client),
        ])
        expect(await store.revokeAll(db, userId, { except: kept.session.id })).toBe(2)
        expect(await store.validate(db, kept.token)).not.toBeNull()
        for (const { token } of ended) expect(await store.validate(db, token)).toBeNull()
      })

      test('SE6: list returns the live sessions of the user, newest first', async () => {
        const expired = await store.create(db, userId, client)
        passes(10 * day)
        const older = await store.create(db, userId, { ip: '2001:db8::1', userAgent: 'older' })
        passes(5 * day)
        const newer = await store.create(db, userId, client)
        await store.create(db, (await insertUser(db)).id, client)
        expect(await store.list(db, userId)).toEqual([newer.session, older.session])
        expect(await store.validate(db, expired.token)).toBeNull()
      })

      test('a session at its absolute limit is listed with its true expiry', async () => {
        const { token } = await store.create(db, userId, client)
        for (const days of [8, 8, 8]) {
          passes(days * day)
          await store.validate(db, token)
        }
        expect(await store.list(db, userId)).toMatchObject([{ expiresAt: after(30 * day) }])
      })

      test('SE4: with the user the sessions are gone', async () => {
        const { token } = await store.create(db, userId, client)
        await db.delete(users).where(eq(users.id, userId))
        expect(await store.validate(db, token)).toBeNull()
        expect(await idsInTable(userId)).toEqual([])
      })
    })

    async function idsInTable(owner: string): Promise<string[]> {
      const rows = await db
        .select({ id: sessions.id })
        .from(sessions)
        .where(eq(sessions.userId, owner))
      return rows.map(({ id }) => id)
    }
  })
}

const after = (milliseconds: number) => new Date(signedInAt.getTime() + milliseconds)

function passes(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds)
}
