import { initTRPC } from '@trpc/server'
import { fastifyTRPCPlugin } from '@trpc/server/adapters/fastify'
import { fastify } from 'fastify'
import { z } from 'zod'
import { trpcFastify } from '../src/plugin.ts'

const LIMIT = 20

/** What a page of a list needs, made anew for each answer as a database would. */
const articles = (limit: number) =>
  Array.from({ length: limit }, (_one, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    slug: `an-article-about-engines-${index}`,
    title: `An article about engines, part ${index}`,
    summary: 'What the engine weaves, and what it does not: notes on a lecture of last autumn.',
    author: { username: 'ada', displayName: 'Ada Lovelace' },
    tags: ['engines', 'maths', 'notes'],
    favourites: index * 3,
    publishedAt: '2026-01-02T03:04:05.000Z',
  }))

const { procedure, router } = initTRPC.create()
const appRouter = router({
  list: procedure
    .input(z.strictObject({ limit: z.number().int().max(100) }))
    .query(({ input }) => ({ items: articles(input.limit), nextCursor: null })),
})
const trpcOptions = { router: appRouter }
const Query = z.strictObject({ limit: z.coerce.number().int().max(100) })

const list = `/list?input=${encodeURIComponent(JSON.stringify({ limit: LIMIT }))}`
const three = JSON.stringify({ 0: { limit: LIMIT }, 1: { limit: LIMIT }, 2: { limit: LIMIT } })

/** The servers to compare, each with the addresses of its single answer and of its batch of three. */
export const servers = {
  fastify: { single: `/articles?limit=${LIMIT}`, batch: `/articles?limit=${LIMIT * 3}` },
  official: { single: list, batch: `/list,list,list?batch=1&input=${encodeURIComponent(three)}` },
  ours: { single: list, batch: `/list,list,list?batch=1&input=${encodeURIComponent(three)}` },
}

export type ServerName = keyof typeof servers

export function build(name: ServerName) {
  const app = fastify({ routerOptions: { maxParamLength: 1000 } })
  if (name === 'official') app.register(fastifyTRPCPlugin, { trpcOptions })
  if (name === 'ours') app.register(trpcFastify, { trpcOptions })
  if (name === 'fastify') {
    app.get('/articles', async ({ query }) => ({
      result: { data: { items: articles(Query.parse(query).limit), nextCursor: null } },
    }))
  }
  return app
}
