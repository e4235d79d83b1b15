import { randomUUID } from 'node:crypto'
import { Scope } from '@galley/contract/scopes'
import { beforeAll, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { insertNote } from '../../notes/table.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useNotesApp()
let caller: Awaited<ReturnType<typeof signUp>>
let token = ''

beforeAll(async () => {
  caller = await signUp(on)
  token = (await createApiToken(on, caller, [...Scope.options])).token
})

const send = (address: string, key: string, payload: object, more: Record<string, string> = {}) =>
  rest(on, address, { payload, headers: { ...bearer(token), 'idempotency-key': key, ...more } })

const countNotes = async (title: string) =>
  (await on.database.sql`select from notes where title = ${title}`).count

test('ID1 a POST again has the same status, address, tag and body', async () => {
  const key = randomUUID()
  const payload = { title: 'By REST', body: 'Text' }
  const [first, again] = [
    await send('POST /notes', key, payload),
    await send('POST /notes', key, payload),
  ]
  expect(first.statusCode).toBe(201)
  const told = ({ statusCode, body, headers: { location, etag } }: typeof first) => {
    return { statusCode, body, location, etag }
  }
  expect(told(again)).toEqual(told(first))
  expect(first.headers).toMatchObject({ location: expect.any(String), etag: expect.any(String) })
  expect(await countNotes('By REST')).toBe(1)
})

test('ID1 the other door has the same keys', async () => {
  const key = randomUUID()
  const payload = { title: 'By both doors' }
  const byRest = await send('POST /notes', key, payload)
  const headers = { ...bearer(token), 'idempotency-key': key }
  const byTrpc = await on.post('/trpc/notes.create', payload, headers)
  expect(byTrpc.json().result.data).toEqual(byRest.json())
  expect(await countNotes('By both doors')).toBe(1)
})

test('ID1 path and If-Match are part of the input, and a problem says what is wrong', async () => {
  const one = await insertNote(on.database.db, caller.id)
  const two = await insertNote(on.database.db, caller.id)
  const key = randomUUID()
  const change = (id: string, version: number) =>
    send(`PATCH /notes/${id}`, key, { title: 'Changed' }, { 'if-match': `"${version}"` })
  const first = await change(one.id, 1)
  expect(first.statusCode).toBe(200)
  expect((await change(one.id, 1)).body).toBe(first.body)
  for (const other of [await change(two.id, 1), await change(one.id, 2)]) {
    expect(other.statusCode).toBe(422)
    expect(other.headers['content-type']).toContain('application/problem+json')
    expect(other.json()).toMatchObject({ reason: 'request/idempotency-key-reused' })
  }
})

test('ID1 a DELETE again is 204, though nothing is there any more', async () => {
  const { id } = await insertNote(on.database.db, caller.id)
  const key = randomUUID()
  const statuses = [
    await send(`DELETE /notes/${id}`, key, {}),
    await send(`DELETE /notes/${id}`, key, {}),
    await send(`DELETE /notes/${id}`, randomUUID(), {}),
  ].map(({ statusCode }) => statusCode)
  expect(statuses).toEqual([204, 204, 404])
})

test('ID1 50 POSTs at once make one', async () => {
  const key = randomUUID()
  const payload = { title: 'Fifty by REST' }
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => send('POST /notes', key, payload)),
  )
  const made = answers.filter(({ statusCode }) => statusCode === 201)
  const inFlight = answers.filter(({ statusCode }) => statusCode === 409)
  expect(made.length + inFlight.length).toBe(50)
  expect(new Set(made.map(({ body }) => body)).size).toBe(1)
  for (const { headers } of inFlight) expect(headers['retry-after']).toBe('1')
  expect(await countNotes('Fifty by REST')).toBe(1)
})

test('ID1 programs sign in without', async () => {
  const { email, password } = caller
  const response = await send('POST /auth/tokens', randomUUID(), { email, password })
  expect(response.statusCode).toBe(400)
  expect(response.json()).toMatchObject({ reason: 'request/idempotency-key-unsupported' })
})
