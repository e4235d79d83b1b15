import { describe, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useNotesApp()

type Headers = Record<string, string>

const send = (path: string, input: unknown, headers: Headers, key: string) =>
  on.post(`/trpc/${path}`, input, { ...headers, 'idempotency-key': key })

const countNotes = async (title: string) =>
  (await on.database.sql`select from notes where title = ${title}`).count

const countKeys = async (callerId: string) =>
  (await on.database.sql`select from idempotency_keys where caller_id = ${callerId}`).count

const reasonOf = (response: Awaited<ReturnType<typeof send>>) => response.json().error?.data.reason

let keys = 0
const newKey = () => `key-${++keys}`

const someone = () => signUp(on)

describe('ID1 the same call again', () => {
  test('is answered the same, byte for byte, and done once', async () => {
    const { id, asBrowser } = await someone()
    const key = newKey()
    const input = { title: 'Once only', body: '*Text*', labels: ['b', 'a'] }
    const first = await send('notes.create', input, asBrowser, key)
    expect(first.statusCode).toBe(200)
    for (const same of [input, { labels: input.labels, body: input.body, title: input.title }]) {
      const again = await send('notes.create', same, asBrowser, key)
      expect([again.statusCode, again.body]).toEqual([200, first.body])
      expect(again.headers['content-type']).toBe(first.headers['content-type'])
    }
    const quoted = await send('notes.create', input, asBrowser, `"${key}"`)
    expect(quoted.body).toBe(first.body)
    expect([await countNotes('Once only'), await countKeys(id)]).toEqual([1, 1])
  })

  test('without a key, or with another, is another call', async () => {
    const { asBrowser } = await someone()
    const input = { title: 'Two of it' }
    await send('notes.create', input, asBrowser, newKey())
    await send('notes.create', input, asBrowser, newKey())
    await on.post('/trpc/notes.create', input, asBrowser)
    expect(await countNotes('Two of it')).toBe(3)
  })

  test('leaves one event', async () => {
    const { asBrowser } = await someone()
    const key = newKey()
    for (let n = 0; n < 3; n++) {
      const response = await send('notes.create', { title: 'Hear!' }, asBrowser, key)
      expect(response.statusCode).toBe(200)
    }
    const { sql } = on.database
    const events = await sql`select from outbox where payload ->> 'title' = 'Hear!'`
    expect(events).toHaveLength(1)
  })

  test('is answered as the first time, though the thing has changed since', async () => {
    const { asBrowser } = await someone()
    const key = newKey()
    const made = await send('notes.create', { title: 'First' }, asBrowser, key)
    const { id } = made.json().result.data
    expect((await on.post('/trpc/notes.delete', { id }, asBrowser)).statusCode).toBe(200)
    const again = await send('notes.create', { title: 'First' }, asBrowser, key)
    expect(again.body).toBe(made.body)
    expect(await countNotes('First')).toBe(0)
  })
})

describe('ID1 a key', () => {
  test('belongs to one call: another input or procedure is 422', async () => {
    const { asBrowser } = await someone()
    const key = newKey()
    await send('notes.create', { title: 'Kept' }, asBrowser, key)
    for (const [path, input] of [
      ['notes.create', { title: 'Changed' }],
      ['notes.create', { title: 'Kept', body: '' }],
      ['users.updateProfile', { displayName: 'Kept' }],
    ] as const) {
      const response = await send(path, input, asBrowser, key)
      expect(response.statusCode).toBe(422)
      expect(reasonOf(response)).toBe('request/idempotency-key-reused')
    }
    expect(await countNotes('Changed')).toBe(0)
  })

  test('belongs to its person, by whatever they are signed in', async () => {
    const [one, two] = [await someone(), await someone()]
    const token = await createApiToken(on, one, ['profile:write'])
    const key = newKey()
    const input = { title: 'Of two people' }
    const byBrowser = await send('notes.create', input, one.asBrowser, key)
    const byToken = await send('notes.create', input, bearer(token.token), key)
    const byOther = await send('notes.create', input, two.asBrowser, key)
    expect(byToken.body).toBe(byBrowser.body)
    expect(byOther.statusCode).toBe(200)
    expect(byOther.body).not.toBe(byBrowser.body)
    expect(await countNotes('Of two people')).toBe(2)
  })

  test('is asked for only after who may call', async () => {
    const { id, asBrowser } = await someone()
    const key = newKey()
    await send('notes.create', { body: 'Text' }, asBrowser, key)
    const anonymous = await send('notes.create', { body: 'Text' }, {}, key)
    expect([anonymous.statusCode, reasonOf(anonymous)]).toEqual([401, 'session/required'])
    const editorial = await send('users.suspend', { id, reason: '' }, asBrowser, key)
    expect(reasonOf(editorial)).toBe('role/required')
  })

  test.each(['', 'x'.repeat(256), 'schlüssel', 'a, b', '"open'])(
    '%j is refused, and nothing is done',
    async (key) => {
      const { asBrowser } = await someone()
      const response = await send('notes.create', { title: 'Never' }, asBrowser, key)
      expect(response.statusCode).toBe(400)
      expect(reasonOf(response)).toBe('request/idempotency-key-invalid')
      expect(await countNotes('Never')).toBe(0)
    },
  )

  test('is refused where answers are secrets or set cookies, and ignored where nothing is written', async () => {
    const { id, email, password, asBrowser } = await someone()
    const token = { name: 'A script', scopes: ['site:read'], expiresInDays: 30 }
    for (const [path, input] of [
      ['tokens.create', token],
      ['sessions.create', { email, password }],
    ] as const) {
      const response = await send(path, input, asBrowser, newKey())
      expect(response.statusCode).toBe(400)
      expect(reasonOf(response)).toBe('request/idempotency-key-unsupported')
      expect(response.headers).not.toHaveProperty('set-cookie')
    }
    const read = await on.app.inject({
      url: '/trpc/notes.list?input={}',
      headers: { ...asBrowser, 'idempotency-key': '' },
    })
    expect(read.statusCode).toBe(200)
    expect(await countKeys(id)).toBe(0)
  })
})

test('ID1 a refused call leaves nothing, and its key may be used for what is right', async () => {
  const { id, asBrowser } = await someone()
  const key = newKey()
  const missing = { id: '0198f0d0-0000-7000-8000-000000000000', version: 1, title: 'Text' }
  const unknown = await send('notes.update', missing, asBrowser, key)
  expect(unknown.statusCode).toBe(404)
  const invalid = await send('notes.create', { body: 7 }, asBrowser, key)
  expect(invalid.statusCode).toBe(400)
  expect(await countKeys(id)).toBe(0)
  const right = await send('notes.create', { body: 'Text' }, asBrowser, key)
  expect(right.statusCode).toBe(200)
})

test('ID1 each call of a batch counts by its place', async () => {
  const { asBrowser } = await someone()
  const key = newKey()
  const twins = { 0: { title: 'Twin' }, 1: { title: 'Twin' } }
  const batch = () => send('notes.create,notes.create?batch=1', twins, asBrowser, key)
  const first = await batch()
  const again = await batch()
  expect([again.statusCode, again.body]).toEqual([200, first.body])
  const [one, other] = first.json()
  expect(one.result.data.id).not.toBe(other.result.data.id)
  expect(await countNotes('Twin')).toBe(2)
})

describe('ID1 at once', () => {
  test('50 make one: each has its answer, or the reason that it is in flight', async () => {
    const { id, asBrowser } = await someone()
    const key = newKey()
    const input = { title: 'Fifty' }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send('notes.create', input, asBrowser, key)),
    )
    const done = answers.filter(({ statusCode }) => statusCode === 200)
    const waiting = answers.filter(({ statusCode }) => statusCode === 409)
    expect(done.length + waiting.length).toBe(50)
    expect(new Set(done.map(({ body }) => body)).size).toBe(1)
    for (const response of waiting) {
      expect(reasonOf(response)).toBe('request/idempotency-in-flight')
      expect(response.headers['retry-after']).toBe('1')
    }
    expect([await countNotes('Fifty'), await countKeys(id)]).toEqual([1, 1])
    expect((await send('notes.create', input, asBrowser, key)).body).toBe(done[0]?.body)
  })

  test('nobody waits for one that hangs, and no connection is held for them', async () => {
    const { asBrowser } = await someone()
    const { sql: connection } = on.database
    const key = newKey()
    const call = () => send('notes.create', { title: 'Slow' }, asBrowser, key)
    const lock = await connection.reserve()
    await lock`begin`
    await lock`lock table notes in share mode`
    const slow = call()
    await untilLocked()
    const others = await Promise.all(Array.from({ length: 15 }, call))
    expect(others.map(({ statusCode }) => statusCode)).toEqual(Array(15).fill(409))
    await lock`rollback`
    lock.release()
    const first = await slow
    expect(first.statusCode).toBe(200)
    expect((await call()).body).toBe(first.body)
    expect(await countNotes('Slow')).toBe(1)
  })
})

/** Until a call of the app waits for a lock of ours. */
async function untilLocked() {
  await expect
    .poll(
      () => on.database.sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
      { timeout: 10_000 },
    )
    .toHaveLength(1)
}
