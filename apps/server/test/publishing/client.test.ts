import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { type TypedClient, useTypedClients } from '../platform/client/typed-clients.ts'

const { newClient, join } = await useTypedClients()

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

/** Never called: what must not compile, does not. */
export function wrongCalls(client: TypedClient) {
  // @ts-expect-error no such field
  void client.articles.bySlug.query({ slugg: 'x' })
  // @ts-expect-error no such procedure
  void client.articles.bySlugg.query({ slug: 'x' })
  // @ts-expect-error a query is no mutation
  void client.articles.bySlug.mutate({ slug: 'x' })
  void client.articles.bySlug.query({ slug: 'x' }).then((article) => {
    const title: string = article.title
    // @ts-expect-error the output has no such field
    return [title, article.passwordHash]
  })
}
