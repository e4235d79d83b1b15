import { listProcedures } from '@galley/api/procedures'
import { appRouter } from '@galley/api/root'
import { invitations } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle, insertComment } from '@galley/testing/publishing/factories'
import { beforeAll, expect, test } from 'vitest'
import { useApp } from './app.ts'
import { signUp } from './people.ts'

// One connection: a call that wants a second one beside its transaction waits for itself.
const on = useApp({ DATABASE_POOL_MAX: '1' })

type Case = { input: object; status?: number }

let admin: Awaited<ReturnType<typeof signUp>>

beforeAll(async () => {
  admin = await signUp(on, { role: 'admin' })
})

const article = (values = {}) =>
  insertArticle(on.database.db, { authorId: admin.id, renderVersion: 0, ...values })

const comment = async () =>
  insertComment(on.database.db, { articleId: (await article()).id, authorId: admin.id })

const person = () => insertUser(on.database.db)

async function invitation() {
  const expiresAt = new Date(Date.now() + 3_600_000)
  const values = { email: 'other@example.com', role: 'author' as const, invitedBy: admin.id }
  const [row] = await on.database.db
    .insert(invitations)
    .values({ ...values, expiresAt })
    .returning({ id: invitations.id })
  return row?.id
}

// There is none: what these do when there is one is tried where jobs are.
const deadLetter = { queue: 'events.dispatch', id: '0198f0d0-0000-7000-8000-000000000000' }

const cases: Record<string, () => Promise<Case>> = {
  'articles.preview': async () => ({ input: { body: '*Text*' } }),
  'articles.create': async () => ({ input: { title: 'New', body: 'Text', tags: ['one'] } }),
  'articles.update': async () => ({
    input: { id: (await article()).id, version: 1, title: 'Changed', tags: ['two'] },
  }),
  'articles.publish': async () => ({
    input: { id: (await article({ status: 'draft' })).id, version: 1 },
  }),
  'articles.unpublish': async () => ({ input: { id: (await article()).id, version: 1 } }),
  'articles.delete': async () => ({ input: { id: (await article()).id } }),
  'articles.rerender': async () => ({ input: {} }),
  'comments.create': async () => ({ input: { articleId: (await article()).id, body: 'Text' } }),
  'comments.update': async () => ({ input: { id: (await comment()).id, body: 'Changed' } }),
  'comments.delete': async () => ({ input: { id: (await comment()).id } }),
  'favourites.create': async () => ({ input: { articleId: (await article()).id } }),
  'favourites.delete': async () => ({ input: { articleId: (await article()).id } }),
  'follows.create': async () => ({ input: { username: (await person()).username } }),
  'follows.delete': async () => ({ input: { username: (await person()).username } }),
  'invitations.create': async () => ({ input: { email: 'guest@example.com', role: 'author' } }),
  'invitations.delete': async () => ({ input: { id: await invitation() } }),
  'users.resetSecondFactor': async () => ({
    input: { id: (await person()).id },
    status: 409,
  }),
  'users.updateProfile': async () => ({ input: { displayName: 'Somebody Else' } }),
  'users.setRole': async () => ({ input: { id: (await person()).id, role: 'editor' } }),
  'users.suspend': async () => ({ input: { id: (await person()).id, reason: 'Spam' } }),
  'users.restore': async () => ({
    input: { id: (await insertUser(on.database.db, { status: 'suspended' })).id },
  }),
  'users.revokeSessions': async () => ({ input: { id: (await person()).id } }),
  'jobs.retry': async () => ({ input: deadLetter, status: 404 }),
  'jobs.discard': async () => ({ input: deadLetter, status: 404 }),
}

const withoutId = (body: string) => body.replace(/"requestId":"[^"]*"/, '')

test.each(Object.entries(cases))('ID1 %s is done and answered once', async (path, prepare) => {
  const { input, status = 200 } = await prepare()
  const send = () =>
    on.post(`/trpc/${path}`, input, { ...admin.asBrowser, 'idempotency-key': path })
  const first = await send()
  expect([first.statusCode, first.body]).toEqual([status, expect.any(String)])
  expect(withoutId((await send()).body)).toBe(withoutId(first.body))
})

test('ID1 every other write refuses a key', async () => {
  const others = listProcedures(appRouter).filter(
    ({ path, type }) => type === 'mutation' && !(path in cases),
  )
  expect(others.length).toBeGreaterThan(20)
  for (const { path: name } of others) {
    const response = await on.post(
      `/trpc/${name}`,
      {},
      { ...admin.asBrowser, 'idempotency-key': 'k' },
    )
    expect(response.json().error.data.reason, name).toBe('request/idempotency-key-unsupported')
  }
})
