import { users } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'
import { openStream, refusalOf } from '../platform/live/open-stream.ts'

const on = useApp()
const beside = useApp({}, { beside: on })

let origin = ''
let other = ''
beforeAll(async () => {
  origin = await on.app.listen({ host: '127.0.0.1', port: 0 })
  other = await beside.app.listen({ host: '127.0.0.1', port: 0 })
})

const soon = { timeout: 15_000 }

test('who edits at one server is seen at another at once, while both may; nothing of it is an event', async () => {
  const author = await signUp(on, { role: 'author' })
  const editor = await signUp(on, { role: 'editor' })
  const stranger = await signUp(on, { role: 'author' })
  const { id: articleId } = await insertArticle(on.database.db, {
    authorId: author.id,
    status: 'draft',
    publishedAt: null,
  })
  const topics = [{ presence: articleId }]
  const refused = await openStream(other, topics, { headers: stranger.asBrowser })
  await expect.poll(() => refusalOf(refused), soon).toBe('article/not-found')
  const here = await openStream(origin, topics, { headers: author.asBrowser })
  const there = await openStream(other, topics, { headers: author.asBrowser })
  for (const { messages } of [here, there]) {
    await expect.poll(() => messages().length, soon).toBeGreaterThan(0)
  }
  const beat = async (line: number) => {
    const place = { field: 'text', line, column: 1, heading: 'Second heading' }
    const input = { articleId, pageId: '6f1f0d0e-7f0b-4c8b-9d3e-0a1b2c3d4e5f', place }
    const response = await on.post('/trpc/presence.announce', input, editor.asBrowser)
    expect(response.statusCode).toBe(200)
  }
  // Until both servers listen.
  let line = 0
  for (const { hints } of [here, there]) {
    await expect.poll(async () => [await beat((line += 1)), hints().length].at(1), soon).not.toBe(0)
  }
  expect(there.hints()[0]).toEqual({
    event: 'presence.changed',
    ids: { articleId, userId: editor.id },
  })
  expect(new Set(there.events.flatMap(({ id }) => id ?? []))).toHaveLength(1)
  const listed = await beside.app.inject({
    url: `/trpc/presence.list?input=${encodeURIComponent(JSON.stringify({ articleId }))}`,
    headers: author.asBrowser,
  })
  expect(listed.json()).toMatchObject({
    result: { data: { people: [{ person: { username: editor.username }, place: { line } }] } },
  })
  await on.database.db.update(users).set({ status: 'suspended' }).where(eq(users.id, author.id))
  await beat(99)
  await expect.poll(() => there.messages().at(-1)?.ended, soon).toEqual(topics)
  here.leave()
  there.leave()
})
