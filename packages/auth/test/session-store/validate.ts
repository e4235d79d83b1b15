import { createHash } from 'node:crypto'
import { sessions, users } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { after, client, day, passes, signedInAt, type World } from './world.ts'

export function describeCreateAndValidate(on: World) {
  describe('create and validate', () => {
    test('the token finds the session and its user', async () => {
      const user = await insertUser(on.db, { role: 'editor', bio: 'Writes about tides.' })
      const { token, session } = await on.store.create(on.db, user.id, client)
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
      expect(await on.store.validate(on.db, token)).toEqual({
        session,
        user: known,
        renewed: false,
      })
    })

    test('SE1: tokens are long, unlike and fit for a cookie', async () => {
      const created = await Promise.all(
        Array.from({ length: 20 }, () => on.store.create(on.db, on.userId, client)),
      )
      const tokens = created.map(({ token }) => token)
      expect(new Set(tokens).size).toBe(20)
      // 27 base64url characters carry 160 bits.
      for (const token of tokens) expect(token).toMatch(/^[\w-]{27,}$/)
    })

    test('SE1: the token is nowhere in the table', async () => {
      const { token, session } = await on.store.create(on.db, on.userId, client)
      await on.store.validate(on.db, token)
      const [row] = await on.db
        .select({ text: sql<string>`to_jsonb(sessions)::text` })
        .from(sessions)
        .where(eq(sessions.id, session.id))
      expect(row?.text).toContain(session.id)
      expect(row?.text).toContain(client.userAgent)
      expect(row?.text).not.toContain(token)
      expect(row?.text).not.toContain(Buffer.from(token, 'base64url').toString('hex'))
    })

    test('a wrong token is refused, and so is the id of a session', async () => {
      const { token, session } = await on.store.create(on.db, on.userId, client)
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
      const found = await Promise.all(wrong.map((one) => on.store.validate(on.db, one)))
      expect(found).toEqual(wrong.map(() => null))
      expect(await on.store.validate(on.db, token)).not.toBeNull()
    })

    test('a validation is one statement, of a malformed token none', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      on.statements.length = 0
      await on.store.validate(on.db, token)
      expect(on.statements).toHaveLength(1)
      for (const malformed of ['', `${token}A`, token.replace(/^./, '.'), 'x'.repeat(100_000)]) {
        await on.store.validate(on.db, malformed)
      }
      expect(on.statements).toHaveLength(1)
    })

    test('ip and user agent are kept to 400 characters', async () => {
      const long = { ip: '9'.repeat(500), userAgent: 'Mozilla '.repeat(500) }
      const { token, session } = await on.store.create(on.db, on.userId, long)
      expect(session.userAgent).toBe(long.userAgent.slice(0, 400))
      expect(session.ip).toBe(long.ip.slice(0, 400))
      expect((await on.store.validate(on.db, token))?.session).toEqual(session)
    })

    test('a session of nobody is not created', async () => {
      const nobody = '019ab000-0000-7000-8000-000000000000'
      await expect(on.store.create(on.db, nobody, client)).rejects.toThrow()
      expect(await on.store.list(on.db, nobody)).toEqual([])
    })

    test('the user’s data is fresh at every validation', async () => {
      const { token } = await on.store.create(on.db, on.userId, client)
      await on.store.validate(on.db, token)
      await on.db
        .update(users)
        .set({ displayName: 'Grace', role: 'admin', status: 'suspended' })
        .where(eq(users.id, on.userId))
      expect(await on.store.validate(on.db, token)).toMatchObject({
        user: { displayName: 'Grace', role: 'admin', status: 'suspended' },
      })
    })

    test('twenty validations at once agree', async () => {
      const { token, session } = await on.store.create(on.db, on.userId, client)
      passes(8 * day)
      const found = await Promise.all(
        Array.from({ length: 20 }, () => on.store.validate(on.db, token)),
      )
      for (const one of found) {
        expect(one?.session).toMatchObject({ id: session.id, expiresAt: after(22 * day) })
      }
    })
  })

  describe('find and confirm', () => {
    test('find returns a session as it is and moves nothing', async () => {
      const { session } = await on.store.create(on.db, on.userId, client, 'passkey')
      passes(8 * day)
      on.statements.length = 0
      expect(await on.store.find(on.db, session.id)).toEqual(session)
      expect(on.statements).toHaveLength(1)
    })

    test('find returns nothing that has ended', async () => {
      const { session } = await on.store.create(on.db, on.userId, client)
      const revoked = await on.store.create(on.db, on.userId, client)
      await on.store.revoke(on.db, revoked.session.id)
      expect(await on.store.find(on.db, revoked.session.id)).toBeNull()
      expect(await on.store.find(on.db, 'unknown')).toBeNull()
      passes(14 * day)
      expect(await on.store.find(on.db, session.id)).toBeNull()
    })

    test('confirm moves when the person last proved who they are, and nothing else', async () => {
      const { session } = await on.store.create(on.db, on.userId, client)
      passes(3 * day)
      expect(await on.store.confirm(on.db, session.id)).toEqual(after(3 * day))
      expect(await on.store.find(on.db, session.id)).toEqual({
        ...session,
        authenticatedAt: after(3 * day),
      })
    })
  })
}
