import type { FastifyRequest } from 'fastify'
import type { RestRequest } from './input.ts'

const MAX_OFFSET = 10_000

/** `Link` of a page of a list (RFC 8288): the next, the first, and the one before where that is known. */
export function pageLinks(request: RestRequest, address: string, nextCursor: string | null) {
  const { query } = request
  const { offset, limit } = query
  const jumps = offset !== undefined
  const [start, step] = [Number(offset ?? 0), Number(limit ?? 20)]
  const next = nextCursor === null ? undefined : nextOf(jumps, start + step, nextCursor)
  const links = {
    next,
    first: jumps ? { offset: '0' } : {},
    prev: jumps && start > 0 ? { offset: String(Math.max(0, start - step)) } : undefined,
  }
  return Object.entries(links)
    .flatMap(([rel, place]) =>
      place ? [`<${address}${toQuery(query, place)}>; rel="${rel}"`] : [],
    )
    .join(', ')
}

type Place = { offset?: string; cursor?: string }

// Beyond the last offset a cursor goes on.
const nextOf = (jumps: boolean, offset: number, cursor: string): Place =>
  jumps && offset <= MAX_OFFSET ? { offset: String(offset) } : { cursor }

function toQuery(query: RestRequest['query'], place: Place) {
  const { offset: _offset, cursor: _cursor, ...filters } = query
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries({ ...filters, ...place })) {
    for (const one of [value].flat()) search.append(name, one)
  }
  return search.size > 0 ? `?${search.toString()}` : ''
}

/** The address of a thing: `template` with the fields of `values` in place of what is in braces. */
export function addressOf({ server }: FastifyRequest, template: string, values: object): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(Reflect.get(values, name))),
  )
  return `${server.publicOrigin}${server.prefix}${path}`
}
