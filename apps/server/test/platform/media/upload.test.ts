import { randomUUID } from 'node:crypto'
import { media, mediaUsage } from '@galley/db/schema'
import { pngOf } from '@galley/platform/test/pictures'
import { eq } from 'drizzle-orm'
import type { InjectOptions } from 'fastify'
import { describe, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'
import { bearer, tokenOf } from './bearer.ts'
import { formOf } from './form.ts'

const on = useApp({ MEDIA_MAX_BYTES: '200000' })
const url = '/api/v1/media'

const send = (headers: InjectOptions['headers'], payload: InjectOptions['payload'] = formOf()) =>
  on.app.inject({ method: 'POST', url, headers: { ...headers }, payload })

const rowsOf = (ownerId: string) => on.database.db.$count(media, eq(media.ownerId, ownerId))

test('a browser uploads by its cookie, from our own page', async () => {
  const person = await signUp(on)
  const fields = { alt: 'A  field.', decorative: 'false', caption: 'May' }
  const response = await send(person.asBrowser, formOf({ fields }))
  expect(response.statusCode).toBe(201)
  const view = response.json()
  expect(view).toMatchObject({
    state: 'quarantined',
    alt: 'A field.',
    decorative: false,
    bytes: pngOf(350, 200).length,
  })
  expect(response.headers.location).toBe(`https://galley.test/api/v1/media/${view.id}`)
  const found = await on.app.inject({ url: `/api/v1/media/${view.id}`, headers: person.asBrowser })
  expect(found.json()).toEqual(view)
})

test('a file keeps its name, quotation marks too', async () => {
  const { asBrowser } = await signUp(on)
  const name = 'The “old” 100% "garden", é.png'
  const response = await send(asBrowser, formOf({ name }))
  expect(response.json().fileName).toBe(name)
})

test('what is accepted stays, however many arrive at once', async () => {
  const person = await signUp(on)
  const responses = await Promise.all(Array.from({ length: 8 }, () => send(person.asBrowser)))
  expect(responses.map(({ statusCode }) => statusCode)).toEqual(Array(8).fill(201))
  expect(await rowsOf(person.id)).toBe(8)
})

test('a program uploads by its token, and what it says may come after the file', async () => {
  const person = await signUp(on)
  const form = formOf()
  form.append('alt', 'Later')
  const response = await send(bearer(await tokenOf(on, person.id, ['media:write'])), form)
  expect([response.statusCode, response.json().alt]).toEqual([201, 'Later'])
})

describe('who may not upload', () => {
  test.each([
    [
      'another site, with the cookie',
      { origin: 'https://evil.example' },
      403,
      'request/cross-site',
    ],
    ['a form of another site', { 'sec-fetch-site': 'cross-site' }, 403, 'request/cross-site'],
    ['nobody in particular, with the cookie', {}, 403, 'request/cross-site'],
  ])('%s', async (_name, headers, status, reason) => {
    const person = await signUp(on)
    const response = await send({ cookie: person.cookie, ...headers })
    expect([response.statusCode, response.json().reason]).toEqual([status, reason])
    expect(await rowsOf(person.id)).toBe(0)
  })

  test('somebody who is signed out, suspended, or whose token lacks the scope', async () => {
    const suspended = await signUp(on, { status: 'suspended' })
    const reader = bearer(await tokenOf(on, suspended.id, ['media:read']))
    const reasons = await Promise.all([send({}), send(suspended.asBrowser), send(reader)])
    expect(reasons.map((response) => response.json().reason)).toEqual([
      'session/required',
      'user/suspended',
      'token/scope-missing',
    ])
  })
})

describe('what is refused', () => {
  test.each([
    [
      'JSON',
      { payload: '{}', headers: { 'content-type': 'application/json' } },
      415,
      'request/form-required',
    ],
    ['no file', { payload: fieldsOnly({ alt: 'x' }) }, 400, 'request/invalid'],
    ['two files', { payload: twice() }, 413, 'request/too-large'],
    ['an unknown field', { payload: formOf({ fields: { owner: 'me' } }) }, 400, 'request/invalid'],
    [
      'a field that is too long',
      { payload: formOf({ fields: { alt: 'x'.repeat(1001) } }) },
      400,
      'request/invalid',
    ],
    [
      'a file that is too large',
      { payload: formOf({ content: new Uint8Array(200_001) }) },
      413,
      'media/too-large',
    ],
    ['an SVG', { payload: formOf({ type: 'image/svg+xml' }) }, 415, 'media/svg-refused'],
    ['a page', { payload: formOf({ type: 'text/html' }) }, 415, 'media/unsupported-type'],
    [
      'another type than it says',
      { payload: formOf({ type: 'image/gif' }) },
      400,
      'media/type-mismatch',
    ],
  ])(
    '%s, and nothing is left of it',
    async (
      _name,
      { payload, headers = {} }: Pick<InjectOptions, 'payload' | 'headers'>,
      status,
      reason,
    ) => {
      const person = await signUp(on)
      const response = await send({ ...person.asBrowser, ...headers }, payload)
      expect([response.statusCode, response.json().reason]).toEqual([status, reason])
      expect(response.headers['content-type']).toContain('application/problem+json')
      expect(await rowsOf(person.id)).toBe(0)
      const [usage] = await on.database.db
        .select()
        .from(mediaUsage)
        .where(eq(mediaUsage.ownerId, person.id))
      expect(usage?.bytes ?? 0).toBe(0)
    },
  )
})

function fieldsOnly(fields: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

function twice() {
  const form = formOf()
  form.append('file', new File(['x'], 'b.png', { type: 'image/png' }))
  return form
}

describe('an Idempotency-Key', () => {
  test('of the same file returns the first view, and keeps one file', async () => {
    const person = await signUp(on)
    const headers = { ...person.asBrowser, 'idempotency-key': randomUUID() }
    const first = await send(headers)
    const again = await send(headers)
    expect([first.statusCode, again.statusCode]).toEqual([201, 201])
    expect(again.json()).toEqual(first.json())
    expect(await rowsOf(person.id)).toBe(1)
  })

  test('of another file, or with other words, is refused', async () => {
    const person = await signUp(on)
    const headers = { ...person.asBrowser, 'idempotency-key': randomUUID() }
    await send(headers)
    for (const other of [{ content: pngOf(5, 5) }, { fields: { alt: 'x' } }]) {
      const response = await send(headers, formOf(other))
      expect([response.statusCode, response.json().reason]).toEqual([
        422,
        'request/idempotency-key-reused',
      ])
    }
    expect(await rowsOf(person.id)).toBe(1)
  })
})

test('an upload is charged as ten calls', async () => {
  const person = await signUp(on)
  const before = await on.app.inject({ url: '/api/v1/me/media', headers: person.asBrowser })
  const after = await send(person.asBrowser)
  const left = (header: unknown) => Number(/"[^"]*";r=(\d+)/.exec(String(header))?.[1])
  expect(left(before.headers.ratelimit) - left(after.headers.ratelimit)).toBe(10)
})

test('other methods are 405', async () => {
  const response = await on.app.inject({ method: 'GET', url })
  expect([response.statusCode, response.headers.allow]).toEqual([405, 'POST, OPTIONS'])
})

describe('MEDIA_QUOTA_BYTES', () => {
  const small = useApp({ MEDIA_QUOTA_BYTES: '5000' })

  test('is how much one person may keep', async () => {
    const { asBrowser } = await signUp(small)
    // Of known length, as browsers send it: without, as much room is taken as a file may have.
    const sendTo = async (content: Buffer) => {
      const form = new Response(formOf({ content }))
      const headers = { ...asBrowser, 'content-type': form.headers.get('content-type') ?? '' }
      const payload = Buffer.from(await form.arrayBuffer())
      return small.app.inject({ method: 'POST', url, headers, payload })
    }
    const first = await sendTo(pngOf(10, 10))
    expect(first.statusCode).toBe(201)
    const second = await sendTo(Buffer.alloc(5000))
    expect([second.statusCode, second.json().reason]).toEqual([409, 'media/quota-exceeded'])
    const quota = await small.app.inject({ url: '/api/v1/me/media-quota', headers: asBrowser })
    expect(quota.json()).toMatchObject({
      usedBytes: first.json().bytes,
      limitBytes: 5000,
      maxFileBytes: 20_971_520,
      directUpload: false,
    })
  })
})
