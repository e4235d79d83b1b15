import type { TRPCClientErrorLike } from '@trpc/client'
import type { AppRouter } from '@galley/api/root'
import type { createClient } from './trpc.ts'

// Compiled, never run: the types of calls are those of the router, and a wrong name does not compile.
declare const client: ReturnType<typeof createClient>
declare const error: TRPCClientErrorLike<AppRouter>

export async function callsAreTyped() {
  const { items, page } = await client.articles.list.query({ tag: 'postgres', limit: 5 })
  const titles: string[] = items.map((article) => article.title)
  const nextCursor: string | null = page.nextCursor

  const created = await client.articles.create.mutate({ title: 'A title', tags: ['one'] })
  const version: number = created.version
  const status: 'draft' | 'in_review' | 'scheduled' | 'published' | 'archived' = created.status

  // @ts-expect-error -- the field is called `title`
  await client.articles.create.mutate({ headline: 'A title' })
  // @ts-expect-error -- an update must name the version it is based on
  await client.articles.update.mutate({ id: created.id, title: 'Another' })
  // @ts-expect-error -- there is no such procedure
  await client.articles.remove.mutate({ id: created.id })
  // @ts-expect-error -- the summary in a list carries no text
  const body: string = items[0]?.bodyHtml
  // @ts-expect-error -- a query is not a mutation
  await client.articles.list.mutate({})

  return { titles, nextCursor, version, status, body }
}

export function errorsAreTyped() {
  const reason: 'article/stale-version' | undefined =
    error.data?.reason === 'article/stale-version' ? error.data.reason : undefined
  // @ts-expect-error -- not one of the reasons in the contract
  const wrong = error.data?.reason === 'article/stale'
  const firstField: string | undefined = error.data?.fields[0]?.path
  return { reason, wrong, firstField }
}
