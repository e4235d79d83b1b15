import { users } from '@galley/db/schema'
import { expect, test } from 'vitest'
import { useNotesApp } from '../../notes.ts'
import { signUp } from '../../people.ts'

const on = useNotesApp()

const types = {
  json: 'application/json',
  'json, upper case': 'APPLICATION/JSON; charset=UTF-8',
  'text/plain': 'text/plain',
  urlencoded: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data; boundary=x',
  'json in disguise': 'text/plain; application/json',
  'octet-stream': 'application/octet-stream',
  none: undefined,
}

const senders = {
  'another site': { headers: { origin: 'https://evil.example' }, trusted: false },
  'a site with our name in it': {
    headers: { origin: 'https://galley.test.evil.example' },
    trusted: false,
  },
  'our host over http': { headers: { origin: 'http://galley.test' }, trusted: false },
  'a sandboxed frame': { headers: { origin: 'null' }, trusted: false },
  'an unlisted subdomain': { headers: { origin: 'https://x.galley.test' }, trusted: false },
  'a cross-site form': { headers: { 'sec-fetch-site': 'cross-site' }, trusted: false },
  'a page of a sibling host': { headers: { 'sec-fetch-site': 'same-site' }, trusted: false },
  'the address bar': { headers: { 'sec-fetch-site': 'none' }, trusted: false },
  'nobody in particular': { headers: {}, trusted: false },
  'our own page': { headers: { 'sec-fetch-site': 'same-origin' }, trusted: true },
  'our own page in an old browser': { headers: { origin: 'https://galley.test' }, trusted: true },
  'a listed origin': {
    headers: { origin: 'https://app.galley.test', 'sec-fetch-site': 'same-site' },
    trusted: true,
  },
}

const methods = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

test('CS1 a cookie acts only for our pages and only with JSON', async () => {
  const person = await signUp(on)
  let executed = 0
  const refusals: string[] = []
  for (const [sender, { headers, trusted }] of Object.entries(senders)) {
    for (const [name, type] of Object.entries(types)) {
      for (const method of methods) {
        const response = await on.app.inject({
          method,
          url: '/trpc/notes.create',
          headers: { ...headers, cookie: person.cookie, ...(type && { 'content-type': type }) },
          payload: type?.startsWith('multipart') ? '--x\r\n\r\n--x--\r\n' : '{"title":"x"}',
        })
        const isJson = name.startsWith('json') && name !== 'json in disguise'
        const expected = !trusted ? 403 : !isJson ? 415 : method === 'POST' ? 200 : 405
        expect.soft(response.statusCode, `${method} ${name} by ${sender}`).toBe(expected)
        if (expected === 200) executed++
        refusals.push(expected === 403 ? response.json().error.data.reason : 'request/cross-site')
      }
    }
  }
  const [row] = await on.database.sql`select count(*)::int as count from notes`
  expect(executed).toBe(6)
  expect(new Set(refusals)).toEqual(new Set(['request/cross-site']))
  expect(row?.count).toBe(executed)
})

test.for([
  '/trpc/sessions.create',
  '/trpc/sessions.delete',
  '/trpc/users.create',
  '/api',
  '/api/x',
  '/',
])('CS1 %s refuses other sites, cookie or not', async (url) => {
  const before = await on.database.db.$count(users)
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
    const response = await on.post(url, {}, headers)
    expect(response.statusCode).toBe(403)
    expect(response.body).toContain('request/cross-site')
  }
  expect(await on.database.db.$count(users)).toBe(before)
})

test('CS1 a program without a cookie needs neither header', async () => {
  const { statusCode } = await on.post('/trpc/sessions.delete')
  expect(statusCode).toBe(200)
})

test('CS2 safe methods change nothing', async () => {
  const person = await signUp(on)
  for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) {
    for (const override of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
      const response = await on.app.inject({
        method,
        url: '/trpc/notes.create?input={"title":"by-get"}&_method=POST',
        headers: { ...person.asBrowser, [override]: 'POST' },
      })
      expect(response.statusCode).toBeGreaterThanOrEqual(400)
    }
  }
  const query = await on.post('/trpc/notes.list', {}, person.asBrowser)
  expect(query.statusCode).toBe(405)
  const [row] = await on.database
    .sql`select count(*)::int as count from notes where title = 'by-get'`
  expect(row?.count).toBe(0)
})
