import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { signUp } from '../../people.ts'

const on = useApp()

const ours = { 'sec-fetch-site': 'same-origin' }
const type = { 'content-type': 'application/x-www-form-urlencoded' }

const send = (
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = ours,
) =>
  on.app.inject({
    method: 'POST',
    url: `/forms/${path}`,
    headers: { ...type, ...headers },
    payload: new URLSearchParams(fields).toString(),
  })

test('without a script, a person signs in, comments and signs out', async () => {
  const { email, password, id } = await signUp(on)
  const entered = await send('sign-in', { email, password, next: '/articles/a?b=c#comments' })
  expect(entered.statusCode).toBe(303)
  expect(entered.headers.location).toBe('/articles/a?b=c#comments')
  const [cookie = ''] = String(entered.headers['set-cookie']).split(';')
  const asPerson = { ...ours, cookie }

  const article = await insertArticle(on.database.db, { authorId: id, status: 'published' })
  const fields = { articleId: article.id, body: 'One\r\n\r\nTwo ü', next: '/articles/a' }
  const made = await send('comments', fields, asPerson)
  expect(made.statusCode).toBe(303)
  expect(made.headers.location).toMatch(/^\/articles\/a#comment-[0-9a-f-]{36}$/)
  const list = await on.app.inject(
    `/trpc/comments.list?input=${encodeURIComponent(JSON.stringify({ articleId: article.id }))}`,
  )
  expect(list.json().result.data.items).toMatchObject([{ body: 'One\n\nTwo ü' }])

  const left = await send('sign-out', {}, asPerson)
  expect(left.headers.location).toBe('/')
  expect((await send('comments', fields, asPerson)).statusCode).toBe(401)
})

test('a refused comment comes back with its text, which stays text', async () => {
  const { asBrowser } = await signUp(on)
  const body = '</textarea><script>alert(1)</script>'
  const fields = { articleId: crypto.randomUUID(), body, next: '//evil.example' }
  const refused = await send('comments', fields, asBrowser)
  expect(refused.statusCode).toBeGreaterThanOrEqual(400)
  expect(refused.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(refused.body).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)')
  expect(refused.body).not.toMatch(/<script|evil/)
})

test('a refused sign-in goes back to the form with the reason, and elsewhere never', async () => {
  const { email } = await signUp(on)
  const wrong = await send('sign-in', { email, password: 'wrong', next: 'https://evil.example' })
  expect(wrong.statusCode).toBe(303)
  expect(wrong.headers.location).toBe('/sign-in?problem=session%2Fwrong-credentials&next=%2F')
  const late = await send('second-factor', { code: '123456' })
  expect(late.headers.location).toBe(
    '/sign-in/second-factor?problem=session%2Fsecond-factor-expired',
  )
})

test('CS1 forms are taken from pages of this site only, and only where forms are meant', async () => {
  const { asBrowser, cookie } = await signUp(on)
  const senders: Record<string, [Record<string, string>, number]> = {
    'another site': [{ origin: 'https://evil.example' }, 403],
    'a cross-site form': [{ 'sec-fetch-site': 'cross-site', origin: 'https://galley.test' }, 403],
    'a sibling host': [{ 'sec-fetch-site': 'same-site' }, 403],
    'a listed origin': [{ origin: 'https://app.galley.test', 'sec-fetch-site': 'same-site' }, 403],
    'a sandboxed frame': [{ origin: 'null' }, 403],
    'nobody in particular': [{}, 403],
    'our page in an old browser': [{ origin: 'https://galley.test' }, 303],
    'our page': [{ 'sec-fetch-site': 'same-origin' }, 303],
  }
  const cookies: Record<string, string>[] = [{}, { cookie }]
  for (const [sender, [headers, status]] of Object.entries(senders)) {
    for (const withCookie of cookies) {
      const answer = await send(
        'sign-in',
        { email: 'a', password: 'b' },
        { ...headers, ...withCookie },
      )
      expect(answer.statusCode, sender).toBe(status)
    }
  }
  const text = { ...asBrowser, 'content-type': 'text/plain' }
  expect((await send('sign-out', {}, text)).statusCode).toBe(415)
  const elsewhere = await on.app.inject({
    method: 'POST',
    url: '/trpc/sessions.delete',
    headers: { ...asBrowser, ...type },
    payload: 'a=b',
  })
  expect(elsewhere.statusCode).toBe(415)
})

test('IN2 a large form of nobody who is signed in is refused unread', async () => {
  const response = await send('comments', { body: 'x'.repeat(1_000_000) })
  expect(response.statusCode).toBe(401)
  expect(response.body).toContain('session/required')
})
