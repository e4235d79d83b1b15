import { expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'

const on = useNotesApp()

const nul = 'a\0b'
const lone = 'a\uD800b'

const bad: [name: string, procedure: string, json: string][] = [
  ['NUL in a title', 'notes.create', JSON.stringify({ title: nul })],
  ['NUL in a text', 'notes.create', JSON.stringify({ body: nul })],
  ['a lone surrogate', 'notes.create', JSON.stringify({ title: lone })],
  ['a number for text', 'notes.create', '{"title":1}'],
  ['an array for text', 'notes.create', '{"title":["a"]}'],
  ['text for an array', 'notes.create', '{"labels":"a"}'],
  ['an unknown field', 'notes.create', '{"title":"a","status":"closed"}'],
  ['__proto__', 'notes.create', '{"title":"a","__proto__":{"role":"admin"}}'],
  ['constructor', 'notes.create', '{"constructor":{"prototype":{"role":"admin"}}}'],
  ['an array', 'notes.create', '[]'],
  ['text', 'notes.create', '"a"'],
  ['null', 'notes.create', 'null'],
  ['nothing', 'notes.create', ''],
  ['half an object', 'notes.create', '{"title":'],
  ['two objects', 'notes.create', '{}{}'],
  ['bytes that are no text', 'notes.create', '{"title":\u0001}'],
  ['no id', 'notes.delete', '{"id":"x"}'],
  [
    'a huge version',
    'notes.update',
    `{"id":"01a209c3-3100-7ea9-ae4c-dd4c4ef9cb44","version":1e309}`,
  ],
  [
    'a version beyond int32',
    'notes.update',
    `{"id":"01a209c3-3100-7ea9-ae4c-dd4c4ef9cb44","version":9007199254740991}`,
  ],
  [
    'a negative version',
    'notes.update',
    `{"id":"01a209c3-3100-7ea9-ae4c-dd4c4ef9cb44","version":-1}`,
  ],
]

test.for(bad)('IN1 %s is the fault of the sender', async ([, procedure, json]) => {
  const person = await signUp(on, { role: 'author' })
  const response = await on.post(`/trpc/${procedure}`, json, person.asBrowser)
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.statusCode).toBeLessThan(500)
  expectNoLeak(response.body)
})

const queries = [
  'notes.list?input={"limit":0}',
  'notes.list?input={"limit":101}',
  'notes.list?input={"limit":1e309}',
  'notes.list?input={"limit":"20"}',
  'notes.list?input={"cursor":"x"}',
  `notes.list?input={"cursor":"${'A'.repeat(5000)}"}`,
  'notes.list?input={"cursor":"eyJhIjoxfQ"}',
  'notes.list?input={"label":"a","label":[]}',
  'notes.list?input={"label":"%00"}',
  'notes.list?input=%7B',
  'notes.list?input=%ff',
  'notes.list?input={&input={}',
  'notes.list?input={"label":"%5Cu0000"}',
  'notes.get',
  'notes.get?batch=1&input=[]',
  'notes.get?input={"id":"00000000-0000-0000-0000-000000000000"}',
  'users.byUsername?input={"username":"..%2f..%2fetc"}',
  'toString',
  '__proto__',
  'notes.constructor',
  'notes',
  'notes.list%00',
  '%2e%2e',
]

test.for(queries)('IN1 %s', async (query) => {
  const response = await on.app.inject(`/trpc/${query}`)
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.statusCode).toBeLessThan(500)
  expectNoLeak(response.body)
})

test('IN1 a wrong field is named by its path', async () => {
  const person = await signUp(on, { role: 'author' })
  const response = await on.post(
    '/trpc/notes.create',
    { title: 1, labels: ['ok', 2], evil: true },
    person.asBrowser,
  )
  const { code, reason, fields, requestId } = response.json().error.data
  expect({ code, reason }).toEqual({ code: 'BAD_REQUEST', reason: 'request/invalid' })
  expect(fields.map(({ path }: { path: string }) => path).toSorted()).toEqual([
    'evil',
    'labels.1',
    'title',
  ])
  expect(requestId).toBe(response.headers['x-request-id'])
})

function expectNoLeak(body: string) {
  expect(body).not.toMatch(
    /node_modules|file:|\.ts:\d|"stack"|select |insert |postgres|drizzle|zod|22021/i,
  )
}
