import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { ours, sendForm } from '../platform/pages/send-form.ts'

const on = useApp()

test('without a script, a person signs in, comments and signs out', async () => {
  const { email, password, id } = await signUp(on)
  const entered = await sendForm(on, 'sign-in', {
    email,
    password,
    next: '/articles/a?b=c#comments',
  })
  expect(entered.statusCode).toBe(303)
  expect(entered.headers.location).toBe('/articles/a?b=c#comments')
  const [cookie = ''] = String(entered.headers['set-cookie']).split(';')
  const asPerson = { ...ours, cookie }

  const article = await insertArticle(on.database.db, { authorId: id, status: 'published' })
  const fields = { articleId: article.id, body: 'One\r\n\r\nTwo ü', next: '/articles/a' }
  const made = await sendForm(on, 'comments', fields, asPerson)
  expect(made.statusCode).toBe(303)
  expect(made.headers.location).toMatch(/^\/articles\/a\?comment=([0-9a-f-]{36})#comment-\1$/)
  const list = await on.app.inject(
    `/trpc/comments.list?input=${encodeURIComponent(JSON.stringify({ articleId: article.id }))}`,
  )
  expect(list.json().result.data.items).toMatchObject([{ body: 'One\n\nTwo ü' }])

  const left = await sendForm(on, 'sign-out', {}, asPerson)
  expect(left.headers.location).toBe('/')
  expect((await sendForm(on, 'comments', fields, asPerson)).statusCode).toBe(401)
})

test('without a script, one replies on a page of its own', async () => {
  const { asBrowser, id } = await signUp(on)
  const article = await insertArticle(on.database.db, { authorId: id })
  const first = await sendForm(
    on,
    'comments',
    { articleId: article.id, body: 'First', next: '/articles/a' },
    asBrowser,
  )
  const [, parentId = ''] = /comment=([\w-]+)/.exec(String(first.headers.location)) ?? []
  const address = (of: string, next: string) =>
    `/forms/comments?parentId=${of}&next=${encodeURIComponent(next)}`
  const page = await on.app.inject({ url: address(parentId, '//evil.example'), headers: asBrowser })
  expect([page.statusCode, page.headers['cache-control']]).toEqual([200, 'no-store'])
  expect(page.body).toContain(`name="parentId" value="${parentId}"`)
  expect(page.body).not.toContain('evil')
  const fields = { articleId: article.id, parentId, body: 'Second', next: '/articles/a' }
  const replied = await sendForm(on, 'comments', fields, asBrowser)
  expect(replied.statusCode).toBe(303)
  const list = await on.app.inject(
    `/trpc/comments.list?input=${encodeURIComponent(JSON.stringify({ articleId: article.id }))}`,
  )
  expect(list.json().result.data.items).toMatchObject([
    { body: 'First', replies: { items: [{ body: 'Second' }] } },
  ])
  const wrong = await sendForm(on, 'comments', { ...fields, parentId: 'x' }, asBrowser)
  expect([wrong.statusCode, wrong.body.includes('Second')]).toEqual([400, true])
  const none = await on.app.inject({ url: address(crypto.randomUUID(), '/'), headers: asBrowser })
  expect([400, 404]).toContain(none.statusCode)
})

test('a refused comment comes back with its text, which stays text', async () => {
  const { asBrowser } = await signUp(on)
  const body = '</textarea><script>alert(1)</script>'
  const fields = { articleId: crypto.randomUUID(), body, next: '//evil.example' }
  const refused = await sendForm(on, 'comments', fields, asBrowser)
  expect(refused.statusCode).toBeGreaterThanOrEqual(400)
  expect(refused.headers['content-type']).toBe('text/html; charset=utf-8')
  expect(refused.body).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)')
  expect(refused.body).not.toMatch(/<script|evil/)
})

test('IN2 a large form of nobody who is signed in is refused unread', async () => {
  const response = await sendForm(on, 'comments', { body: 'x'.repeat(1_000_000) })
  expect(response.statusCode).toBe(401)
  expect(response.body).toContain('session/required')
})
