import { beforeAll, expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'
import { rest } from '../../rest.ts'
import { bearer, createApiToken } from '../identity/tokens.ts'

const on = useNotesApp()
let person: Awaited<ReturnType<typeof signUp>>
let headers: ReturnType<typeof bearer>

beforeAll(async () => {
  person = await signUp(on)
  headers = bearer((await createApiToken(on, person, ['profile:write'])).token)
})

const unknownFields = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`unknown-${n}`, 1]))

const excessive: [name: string, input: unknown, fields: unknown][] = [
  [
    'many unknown fields',
    unknownFields(40_000),
    [{ path: '', message: 'Must have at most 100 fields.' }],
  ],
  [
    'a long list',
    { labels: Array.from({ length: 60_000 }, () => '!') },
    [{ path: 'labels', message: 'Must have at most 100 items.' }],
  ],
  [
    'many unknown fields in an unknown one',
    { other: { inner: unknownFields(40_000) } },
    [{ path: 'other.inner', message: 'Must have at most 100 fields.' }],
  ],
  [
    'an unknown field with a long name',
    { ['é'.repeat(200_000)]: 1 },
    [{ path: 'é'.repeat(100), message: 'Unknown field.' }],
  ],
  [
    'an unknown field with a long name and many fields',
    { ['é'.repeat(200_000)]: unknownFields(101) },
    [{ path: 'é'.repeat(100), message: 'Must have at most 100 fields.' }],
  ],
  [
    'as many unknown fields as are looked at',
    unknownFields(100),
    Array.from({ length: 20 }, (_, n) => ({ path: `unknown-${n}`, message: 'Unknown field.' })),
  ],
]

test.for(excessive)('IN2 %s is answered briefly, by tRPC and REST', async ([, input, fields]) => {
  const byTrpc = await on.post('/trpc/notes.create', input, person.asBrowser)
  expect(byTrpc.json().error.data).toMatchObject({ reason: 'request/invalid', fields })
  const byRest = await rest(on, 'POST /notes', { headers, payload: input })
  expect(byRest.json()).toMatchObject({ reason: 'request/invalid', fields })
  for (const { statusCode, body } of [byTrpc, byRest]) {
    expect(statusCode).toBe(400)
    expect(body.length).toBeLessThan(4000)
  }
})
