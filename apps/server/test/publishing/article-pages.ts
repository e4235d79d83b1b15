import { fileURLToPath } from 'node:url'
import type { AppOptions } from '../../src/app.ts'

type Thread = { body: string; replies: { items: { body: string }[] } }

/**
 * Stands in for the built pages: `/` lists titles, `/articles/<slug>` is an article with its comments, and both say who
 * reads. They ask the API as the real ones do.
 */
export const articlePages: NonNullable<AppOptions['webBuild']> = {
  clientDir: fileURLToPath(new URL('../platform/access', import.meta.url)),
  publicAddressOf: (target) => (/^\/(articles\/[\w-]+)?$/.test(target) ? target : undefined),
  async fetch(request, { context }) {
    const { pathname } = new URL(request.url)
    const ask = async (path: string, input: object) => {
      const search = new URLSearchParams({ input: JSON.stringify(input) })
      const headers = { cookie: request.headers.get('cookie') ?? '' }
      const url = `${context.origin}/trpc/${path}?${search.toString()}`
      const response = await context.api(new Request(url, { headers }))
      return response.ok ? JSON.parse(await response.text()).result.data : undefined
    }
    const { user } = await ask('sessions.current', {})
    const reader = `<p>Read by ${user?.username ?? 'nobody'}</p>`
    const send = (html: string, status = 200) =>
      new Response(reader + html, { status, headers: { 'content-type': 'text/html' } })
    if (pathname === '/') {
      const { items } = await ask('articles.list', { limit: 20 })
      return send(items.map(({ title }: { title: string }) => `<h2>${title}</h2>`).join(''))
    }
    const article = await ask('articles.bySlug', { slug: pathname.slice('/articles/'.length) })
    if (!article) return send('Not found', 404)
    const comments = await ask('comments.list', { articleId: article.id, limit: 50 })
    const said = comments.items.flatMap(({ body, replies }: Thread) =>
      [{ body }, ...replies.items].map((one) => `<li>${one.body}</li>`),
    )
    const closed = article.commentsClosed ? '<p>Closed</p>' : ''
    return send(`<h1>${article.title}</h1>${said.join('')}${closed}`)
  },
}
