import type { AppRouter } from '@galley/api/root'
import { startMailSink } from '@galley/testing/mail-sink'
import { createTRPCClient, httpBatchLink, TRPCClientError } from '@trpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useApp } from '../../app.ts'
import { useWorker } from '../../worker.ts'

const sink = await startMailSink()
const on = useApp({
  PUBLIC_ORIGIN: 'http://localhost:3000',
  CORS_ORIGINS: '',
  SMTP_URL: sink.url,
})
useWorker(on)
afterAll(() => sink.close())
let address = ''
beforeAll(async () => {
  address = await on.app.listen({ host: '127.0.0.1', port: 0 })
})

/** A typed client that keeps cookies, as a program outside a browser would. */
function newClient() {
  let cookie = ''
  return createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${address}/trpc`,
        headers: () => (cookie ? { cookie, origin: 'http://localhost:3000' } : {}),
        async fetch(url, options) {
          const response = await fetch(url, options as RequestInit)
          const given = response.headers
            .getSetCookie()
            .find((one) => one.startsWith('galley-session='))
          if (given) cookie = given.split(';')[0] ?? ''
          return response
        },
      }),
    ],
  })
}

/** Signs up, follows the link of the mail, signs in. */
async function join(client: ReturnType<typeof newClient>, username: string) {
  const account = { email: `${username}@example.com`, password: 'seventeen blue herons' }
  await client.users.create.mutate({ ...account, username, displayName: username })
  const mail = await sink.mailTo(account.email)
  const [, token = ''] = /\/verify-email\?token=([\w-]+)/.exec(mail.text) ?? []
  await client.users.verifyEmail.mutate({ token, password: account.password })
  await client.sessions.create.mutate(account)
}

test('the main job: sign up, write, publish, read signed out, comment', async () => {
  const author = newClient()
  await join(author, 'ada')
  expect((await author.sessions.current.query()).user?.username).toBe('ada')

  const draft = await author.articles.create.mutate({
    title: 'On engines',
    body: '# Notes\n\nA *text*.',
    tags: ['Maths'],
  })
  const published = await author.articles.publish.mutate({ id: draft.id, version: draft.version })

  const reader = newClient()
  const [article, list, session] = await Promise.all([
    reader.articles.bySlug.query({ slug: published.slug }),
    reader.articles.list.query({ tag: 'maths' }),
    reader.sessions.current.query(),
  ])
  expect(article.bodyHtml).toContain('<em>text</em>')
  expect(list.items.map(({ id }) => id)).toEqual([draft.id])
  expect(session.user).toBeNull()

  await join(reader, 'bob')
  const comment = await reader.comments.create.mutate({ articleId: draft.id, body: 'Well said.' })
  const comments = await author.comments.list.query({ articleId: draft.id })
  expect(comments.items).toEqual([expect.objectContaining({ id: comment.id, body: 'Well said.' })])

  await reader.sessions.delete.mutate()
  const refusal = await reader.comments.create
    .mutate({ articleId: draft.id, body: 'Too late.' })
    .catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(TRPCClientError)
  expect(refusal).toMatchObject({ data: { code: 'UNAUTHORIZED', reason: 'session/required' } })
}, 60_000)

test('an error before tRPC reaches the typed client like any other', async () => {
  const client = newClient()
  const refusal = await client.articles.bySlug
    .query({ slug: 'x'.repeat(9000) })
    .catch((error: unknown) => error)
  expect(refusal).toMatchObject({
    data: { code: 'PAYLOAD_TOO_LARGE', reason: 'request/too-large', httpStatus: 414 },
  })
})

/** Never called: what must not compile, does not. */
export function wrongCalls(client: ReturnType<typeof newClient>) {
  // @ts-expect-error no such field
  void client.articles.bySlug.query({ slugg: 'x' })
  // @ts-expect-error no such procedure
  void client.articles.bySlugg.query({ slug: 'x' })
  // @ts-expect-error a query is no mutation
  void client.articles.bySlug.mutate({ slug: 'x' })
  void client.articles.bySlug.query({ slug: 'x' }).then((article) => {
    const title: string = article.title
    // @ts-expect-error the answer has no such field
    return [title, article.passwordHash]
  })
}
