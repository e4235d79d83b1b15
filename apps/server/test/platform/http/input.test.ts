import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'

const on = useApp()

const nul = 'a\0b'
const lone = 'a\uD800b'

const bad: [name: string, procedure: string, json: string][] = [
  ['NUL in a title', 'articles.create', JSON.stringify({ title: nul })],
  ['NUL in a text', 'articles.create', JSON.stringify({ body: nul })],
  ['a lone surrogate', 'articles.create', JSON.stringify({ title: lone })],
  ['a number for text', 'articles.create', '{"title":1}'],
  ['an array for text', 'articles.create', '{"title":["a"]}'],
  ['text for an array', 'articles.create', '{"tags":"a"}'],
  ['an unknown field', 'articles.create', '{"title":"a","status":"published"}'],
  ['__proto__', 'articles.create', '{"title":"a","__proto__":{"role":"admin"}}'],
  ['constructor', 'articles.create', '{"constructor":{"prototype":{"role":"admin"}}}'],
  ['an array', 'articles.create', '[]'],
  ['text', 'articles.create', '"a"'],
  ['null', 'articles.create', 'null'],
  ['nothing', 'articles.create', ''],
  ['half an object', 'articles.create', '{"title":'],
  ['two objects', 'articles.create', '{}{}'],
  ['bytes that are no text', 'articles.create', '{"title":\u0001}'],
  ['no id', 'articles.delete', '{"id":"x"}'],
  [
    'a huge version',
    'articles.update',
    `{"id":"01a209c3-3100-7ea9-ae4c-dd4c4ef9cb44","version":1e309}`,
  ],
  [
    'a version beyond int32',
    'articles.update',
    `{"id":"01a209c3-3100-7ea9-ae4c-dd4c4ef9cb44","version":9007199254740991}`,
  ],
  [
    'a negative version',
    'articles.update',
    `{"id":"01a209c3-3100-7ea9-ae4c-dd4c4ef9cb44","version":-1}`,
  ],
]

test.for(bad)('IN1 %s is the fault of the sender', async ([, procedure, json]) => {
  const person = await signUp(on)
  const response = await on.post(`/trpc/${procedure}`, json, person.asBrowser)
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.statusCode).toBeLessThan(500)
  expectNoLeak(response.body)
})

const queries = [
  'articles.list?input={"limit":0}',
  'articles.list?input={"limit":101}',
  'articles.list?input={"limit":1e309}',
  'articles.list?input={"limit":"20"}',
  'articles.list?input={"cursor":"x"}',
  `articles.list?input={"cursor":"${'A'.repeat(5000)}"}`,
  'articles.list?input={"cursor":"eyJhIjoxfQ"}',
  'articles.list?input={"tag":"a","tag":[]}',
  'articles.list?input={"author":"%00"}',
  'articles.list?input=%7B',
  'articles.list?input=%ff',
  'articles.list?input={&input={}',
  'articles.bySlug?input={"slug":"%5Cu0000"}',
  'articles.bySlug',
  'articles.bySlug?batch=1&input=[]',
  'comments.list?input={"articleId":"00000000-0000-0000-0000-000000000000"}',
  'users.byUsername?input={"username":"..%2f..%2fetc"}',
  'toString',
  '__proto__',
  'articles.constructor',
  'articles',
  'articles.list%00',
  '%2e%2e',
]

test.for(queries)('IN1 %s', async (query) => {
  const response = await on.app.inject(`/trpc/${query}`)
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.statusCode).toBeLessThan(500)
  expectNoLeak(response.body)
})

test('IN1 a wrong field is named by its path', async () => {
  const person = await signUp(on)
  const response = await on.post(
    '/trpc/articles.create',
    { title: 1, tags: ['ok', 2], evil: true },
    person.asBrowser,
  )
  const { code, reason, fields, requestId } = response.json().error.data
  expect({ code, reason }).toEqual({ code: 'BAD_REQUEST', reason: 'request/invalid' })
  expect(fields.map(({ path }: { path: string }) => path).toSorted()).toEqual([
    'evil',
    'tags.1',
    'title',
  ])
  expect(requestId).toBe(response.headers['x-request-id'])
})

function expectNoLeak(body: string) {
  expect(body).not.toMatch(
    /node_modules|file:|\.ts:\d|"stack"|select |insert |postgres|drizzle|zod|22021/i,
  )
}
