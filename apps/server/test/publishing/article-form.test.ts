import { expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { ours, sendForm } from '../platform/pages/send-form.ts'

const on = useApp()

const fields = { title: 'Without a script', description: 'Plain.', body: 'One\r\n\r\nTwo ü' }

async function send(more: Record<string, string>, as: Record<string, string>) {
  const response = await sendForm(on, 'articles', { ...fields, tags: '', ...more }, as)
  return { ...response, to: response.headers.location, status: response.statusCode }
}

test('without a script, an article is written, changed and published', async () => {
  const author = await signUp(on, { role: 'author' })
  const made = await send(
    { id: '', version: '', tags: 'css,  web performance ,' },
    author.asBrowser,
  )
  expect(made.status).toBe(303)
  expect(made.to).toMatch(/^\/editor\/[0-9a-f-]{36}$/)
  const id = made.to?.split('/').at(-1) ?? ''
  const source = async () => {
    const input = encodeURIComponent(JSON.stringify({ id }))
    const response = await on.app.inject({
      url: `/trpc/articles.source?input=${input}`,
      headers: author.asBrowser,
    })
    return response.json().result.data
  }
  expect(await source()).toMatchObject({
    title: 'Without a script',
    body: 'One\n\nTwo ü',
    tags: ['css', 'web-performance'],
    status: 'draft',
    version: 1,
  })

  const again = { id, version: '1', body: 'Three', publish: 'yes' }
  const published = await send(again, author.asBrowser)
  expect(published.to).toBe('/articles/without-a-script')
  expect(await source()).toMatchObject({ body: 'Three', tags: [], status: 'published' })

  const stale = await send({ ...again, body: '</textarea><script>' }, author.asBrowser)
  expect(stale.status).toBe(409)
  expect(stale.body).toContain('&lt;/textarea&gt;&lt;script&gt;')
  expect(stale.body).not.toContain('<script')
  expect(stale.body).toContain('Save it over what is there now')
  expect(await source()).toMatchObject({ body: 'Three' })
  const over = await send({ id, version: '1', body: 'Four', over: 'on' }, author.asBrowser)
  expect(over.status).toBe(303)
  expect(await source()).toMatchObject({ body: 'Four' })
})

test('what is refused says why and keeps the text', async () => {
  const author = await signUp(on, { role: 'author' })
  const untitled = { id: '', version: '', title: '', body: 'Kept & safe', publish: 'yes' }
  const unpublished = await send(untitled, author.asBrowser)
  expect(unpublished.status).toBe(400)
  expect(unpublished.body).toContain('saved, but not published')
  expect(unpublished.body).toMatch(/name="id" value="[0-9a-f-]{36}"/)
  expect(unpublished.body).toContain('Kept &amp; safe')

  const reader = await signUp(on, { role: 'reader' })
  expect((await send({ id: '', version: '' }, reader.asBrowser)).status).toBe(403)
  const id = /name="id" value="([0-9a-f-]{36})"/.exec(unpublished.body)?.[1] ?? ''
  const other = await signUp(on, { role: 'author' })
  expect((await send({ id, version: '1' }, other.asBrowser)).status).toBe(404)
  expect((await send({ id: '', version: '' }, ours)).status).toBe(401)
})
