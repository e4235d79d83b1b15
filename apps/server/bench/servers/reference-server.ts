import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import type { ReferenceQueries } from '../publishing/reference-queries.ts'

/**
 * What the same answers cost at the least in Node: no framework, no validation, no limits, no log.
 */
export function serveReference(port: number, queries: ReferenceQueries) {
  createServer((request, response) => {
    answer(queries, request).then(
      (body) => send(response, body === undefined ? 404 : 200, body),
      (error: unknown) => send(response, 500, { error: String(error) }),
    )
  }).listen(port, '127.0.0.1')
  process.on('SIGTERM', () => process.exit())
}

async function answer(queries: ReferenceQueries, request: IncomingMessage): Promise<unknown> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://reference')
  if (pathname === '/health/live') return {}
  const limit = Number(searchParams.get('limit') ?? 20)
  const cursor = searchParams.get('cursor')
  if (pathname === '/articles') return queries.list({ limit, cursor })
  const q = searchParams.get('q') ?? ''
  if (pathname === '/search') return queries.search({ q, limit })
  if (pathname === '/search/excerpts') return queries.searchWithExcerpts?.({ q, limit })
  if (pathname === '/feed') return queries.feed({ limit, session: sessionOf(request) })
  if (pathname === '/comments') {
    const { articleId, body } = JSON.parse(await text(request))
    return queries.addComment({ articleId, body, session: sessionOf(request) })
  }
  return queries.article(pathname.slice('/articles/'.length))
}

function sessionOf({ headers }: IncomingMessage) {
  const token = /galley-session=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? ''
  return createHash('sha256').update(token).digest('hex')
}

function send(response: ServerResponse, status: number, body: unknown) {
  const json = Buffer.from(JSON.stringify(body ?? {}))
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': json.byteLength,
  })
  response.end(json)
}
