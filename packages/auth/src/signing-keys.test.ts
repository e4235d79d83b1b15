import { randomBytes } from 'node:crypto'
import { signingKeys } from '@galley/db/schema'
import { useTestDatabase } from '@galley/testing/database'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAccessTokens } from './access-tokens.ts'
import { createSecretBox } from './secret-box.ts'
import { createSigningKeys, TOKEN_SECONDS } from './signing-keys.ts'

const database = useTestDatabase()
const old = { id: '2025', key: randomBytes(32) }
const young = { id: '2026', key: randomBytes(32) }
const DAY_MS = 86_400_000

/** What one process holds: its own caches over the shared table. */
function newProcess(box = createSecretBox([old])) {
  const keys = createSigningKeys(database.db, box)
  const tokens = createAccessTokens(keys, 'https://galley.test')
  const issue = async () => (await tokens.issue(database.db, claims)).token
  return { ...keys, tokens, issue }
}

const claims = {
  userId: '01890a5d-ac96-774b-bcce-b302099a8057',
  familyId: '01890a5d-ac96-774b-bcce-b302099a8058',
  version: 3,
  scopes: ['users:read', 'profile:write'],
}

beforeEach(async () => {
  await database.db.delete(signingKeys)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

/** Time passes; the clock of the machine may be set meanwhile. */
function wait(ms: number, { clockBackMs = 0 } = {}) {
  const later = performance.now() + ms
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + ms - clockBackMs })
  vi.spyOn(performance, 'now').mockReturnValue(later)
}

test('what one process signs, every other one verifies', async () => {
  const [a, b] = [newProcess(), newProcess()]
  const token = await a.issue()
  expect(await b.tokens.verify(token)).toEqual({
    ...claims,
    kid: expect.any(String),
    expiresAt: expect.any(Date),
  })
})

test('twelve processes that start at once make one key', async () => {
  const kids = await Promise.all(
    Array.from({ length: 12 }, async () => (await newProcess().current(database.db)).kid),
  )
  expect(new Set(kids).size).toBe(1)
  expect(await database.db.$count(signingKeys)).toBe(1)
})

test('the private half is encrypted, and leaves neither the database nor the process', async () => {
  const mine = newProcess()
  const { kid, privateKey } = await mine.current(database.db)
  const [row] = await database.db.select().from(signingKeys)
  expect(row?.privateJwkEncrypted).toMatch(/^v1\.2025\.[\w-]+$/)
  expect(privateKey.extractable).toBe(false)
  expect(await mine.publicKeys()).toEqual({
    keys: [
      {
        kty: 'EC',
        crv: 'P-256',
        x: expect.any(String),
        y: expect.any(String),
        kid,
        alg: 'ES256',
        use: 'sig',
      },
    ],
  })
})

test('JW4 rotation: two keys live, the old one until its last token has expired, without a restart', async () => {
  const [a, b] = [newProcess(), newProcess()]
  const before = await a.issue()
  expect(await b.tokens.verify(before)).not.toBeNull()
  const kid = await database.db.transaction((tx) => b.rotate(tx))
  const after = await a.issue()
  expect((await b.tokens.verify(after))?.kid).toBe(kid)
  expect((await a.tokens.verify(after))?.kid).toBe(kid)
  expect(await a.tokens.verify(before)).not.toBeNull()
  expect((await a.publicKeys()).keys).toHaveLength(2)
  wait((TOKEN_SECONDS + 120) * 1000)
  expect((await a.publicKeys()).keys.map((key) => key.kid)).toEqual([kid])
})

test('JW4 a key that leaked: all of them end, here at once and elsewhere within a minute', async () => {
  const [a, b] = [newProcess(), newProcess()]
  const token = await a.issue()
  expect(await b.tokens.verify(token)).not.toBeNull()
  await database.db.transaction((tx) => a.revokeAll(tx))
  expect(await a.tokens.verify(token)).toBeNull()
  expect(await a.tokens.verify(await b.issue())).not.toBeNull()
  // Its signature still holds there; the statement that reads its person looks at the key too.
  expect(await b.tokens.verify(token)).not.toBeNull()
  wait(61_000)
  expect(await b.tokens.verify(token)).toBeNull()
  expect((await b.publicKeys()).keys).toHaveLength(1)
})

test('nor does one that is revoked live on where the clock was set back meanwhile', async () => {
  const [a, b] = [newProcess(), newProcess()]
  const { kid } = await a.current(database.db)
  expect(await b.find(kid)).not.toBeNull()
  await database.db.transaction((tx) => a.revokeAll(tx))
  wait(61_000, { clockBackMs: 3_600_000 })
  expect(await b.find(kid)).toBeNull()
})

test('a rotation that never came: a key near its end is replaced when somebody asks', async () => {
  const mine = newProcess()
  const { kid } = await mine.current(database.db)
  wait(60 * DAY_MS - 30_000)
  const next = await mine.current(database.db)
  expect(next.kid).not.toBe(kid)
  expect((await mine.current(database.db)).kid).toBe(next.kid)
})

test('encryption keys: an old one is read, a lost one is replaced, and processes do not fight over it', async () => {
  const first = newProcess(createSecretBox([old]))
  const { kid } = await first.current(database.db)
  expect((await newProcess(createSecretBox([young, old])).current(database.db)).kid).toBe(kid)

  const without = newProcess(createSecretBox([young]))
  const own = (await without.current(database.db)).kid
  expect(own).not.toBe(kid)
  expect((await first.current(database.db)).kid).toBe(kid)
  expect((await without.current(database.db)).kid).toBe(own)
  expect(await without.tokens.verify(await first.issue())).not.toBeNull()
  expect(await database.db.$count(signingKeys)).toBe(2)
})

test('a key that was made in a transaction that failed is not used', async () => {
  const mine = newProcess()
  await database.db
    .transaction(async (tx) => {
      await mine.current(tx)
      throw new Error('no')
    })
    .catch(() => {})
  const { kid } = await mine.current(database.db)
  expect((await mine.publicKeys()).keys.map((key) => key.kid)).toEqual([kid])
})

test('the clock: a token lives ten minutes, and not before its time', async () => {
  const mine = newProcess()
  const token = await mine.issue()
  wait(TOKEN_SECONDS * 1000 - 1000)
  expect(await mine.tokens.verify(token)).not.toBeNull()
  wait(7000)
  expect(await mine.tokens.verify(token)).toBeNull()
  wait(-3_600_000)
  expect(await mine.tokens.verify(token)).toBeNull()
})

test('a database that is away is no wrong token', async () => {
  const token = await newProcess().issue()
  const keys = {
    current: () => Promise.reject(new Error('away')),
    find: () => Promise.reject(new Error('away')),
  }
  await expect(createAccessTokens(keys, 'https://galley.test').verify(token)).rejects.toThrow(
    'away',
  )
})
