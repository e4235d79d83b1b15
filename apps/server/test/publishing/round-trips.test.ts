import { countedWay } from '@galley/testing/round-trips'
import { insertArticle } from '@galley/testing/publishing/factories'
import { afterAll, expect, test } from 'vitest'
import { useApp } from '../app.ts'
import { signUp } from '../people.ts'

let way: Awaited<ReturnType<typeof countedWay>> | undefined
// After the app, which is still connected.
afterAll(() => way?.[Symbol.asyncDispose]())
// One connection: what is sent at the same time goes together.
const on = useApp(async (databaseUrl) => {
  way = await countedWay(databaseUrl)
  return { DATABASE_URL: way.url, DATABASE_POOL_MAX: '1' }
})

test('a comment over HTTP: one round trip for the session, and one for the comment', async () => {
  const person = await signUp(on)
  const { id: articleId } = await insertArticle(on.database.db, { authorId: person.id })
  const comment = async () => {
    const input = { articleId, body: 'A remark.' }
    const { statusCode } = await on.post('/trpc/comments.create', input, person.asBrowser)
    expect(statusCode).toBe(200)
  }
  await comment()
  // What the server does by the clock may come between.
  const trips: (number | undefined)[] = []
  for (let turn = 0; turn < 5; turn += 1) trips.push(await way?.count(comment))
  expect(Math.min(...trips.map(Number))).toBe(2)
})
