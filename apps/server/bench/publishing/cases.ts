import { articleId, articleSlug, cursorAfter, sessionToken } from './data/database.ts'
import type { Call } from '../load.ts'

/** How a request is made over each transport of Galley, and at the reference. */
type Calls = { reference?: Call; trpc?: Call; rest?: Call; page?: Call }
export type Transport = keyof Calls

export type Case = {
  name: string
  /** The `n`th request of the case; `origin` is where the server believes to be. */
  calls: (n: number, origin: string) => Calls
  /** How many differ; they are sent in turn. */
  count: number
  /** Whether the server may keep the answers. */
  isPublic?: true
  /** What has to be equal of the answers, where that is not all. */
  compared?: (data: unknown) => unknown
}

const ARTICLES = 50_000

const query = (path: string, input: object, search = ''): Call => ({
  method: 'GET',
  path: `/trpc/${path}?${search}input=${encodeURIComponent(JSON.stringify(input))}`,
})

const get = (path: string, headers?: Call['headers']): Call => ({ method: 'GET', path, headers })

/** Spread over the whole of the data, the same at every run. */
const articleAt = (n: number) => 1 + ((n * 7919) % ARTICLES)

const searchFor = (q: string, path = '/search') => ({
  reference: get(`${path}?q=${q}&limit=20`),
  trpc: query('search.articles', { q, limit: 20 }),
  rest: get(`/api/v1/search?q=${q}&limit=20`),
})

/** Equally relevant articles come in any order, and the references neither cut out texts nor mark words. */
function numberOfItems(data: unknown) {
  if (typeof data !== 'object' || data === null || !('items' in data)) return data
  return Array.isArray(data.items) ? data.items.length : data
}

export const cases: Case[] = [
  {
    name: 'list',
    count: 200,
    isPublic: true,
    calls(n) {
      // Every fourth is the first page, as with people.
      const cursor = n % 4 === 0 ? undefined : cursorAfter(articleAt(n))
      const search = `limit=20${cursor === undefined ? '' : `&cursor=${cursor}`}`
      return {
        reference: get(`/articles?${search}`),
        trpc: query('articles.list', { limit: 20, cursor }),
        rest: get(`/api/v1/articles?${search}`),
      }
    },
  },
  {
    name: 'article',
    count: 500,
    isPublic: true,
    calls(n) {
      const slug = articleSlug(articleAt(n))
      return {
        reference: get(`/articles/${slug}`),
        trpc: query('articles.bySlug', { slug }),
        rest: get(`/api/v1/articles/${slug}`),
      }
    },
  },
  {
    name: 'search',
    count: 500,
    isPublic: true,
    compared: numberOfItems,
    // Of 100 articles each.
    calls: (n) => searchFor(`subject${100 + n}`),
  },
  {
    name: 'search with excerpts',
    count: 500,
    isPublic: true,
    compared: numberOfItems,
    // As Galley returns them: beside a server that has PostgreSQL cut out and mark a piece of each text.
    calls: (n) => searchFor(`subject${100 + n}`, '/search/excerpts'),
  },
  {
    name: 'search of many',
    count: 1,
    isPublic: true,
    compared: numberOfItems,
    // Of 20,000 articles.
    calls: () => searchFor('rarity'),
  },
  {
    name: 'batch',
    count: 500,
    calls(n) {
      const inputs = [0, 1, 2, 3, 4].map((at) => ({ slug: articleSlug(articleAt(5 * n + at)) }))
      const path = inputs.map(() => 'articles.bySlug').join(',')
      return { trpc: query(path, Object.fromEntries(inputs.entries()), 'batch=1&') }
    },
  },
  {
    name: 'feed',
    count: 500,
    calls(n) {
      const headers = { cookie: `galley-session=${sessionToken(n)}` }
      return {
        reference: get('/feed?limit=20', headers),
        trpc: { ...query('feed.list', { limit: 20 }), headers },
        rest: get('/api/v1/me/feed?limit=20', headers),
      }
    },
  },
  {
    name: 'home page',
    count: 1,
    isPublic: true,
    calls: () => ({ page: get('/', { accept: 'text/html' }) }),
  },
  {
    name: 'article page',
    count: 500,
    isPublic: true,
    calls: (n) => ({
      page: get(`/articles/${articleSlug(articleAt(n))}`, { accept: 'text/html' }),
    }),
  },
  // The last, since it writes: pages of articles show what it wrote.
  {
    name: 'comment',
    count: 500,
    calls(n, origin) {
      const id = articleId(articleAt(n))
      const body = `A comment about engines, number ${n}.`
      const headers = {
        cookie: `galley-session=${sessionToken(n)}`,
        'content-type': 'application/json',
        origin,
      }
      const post = (path: string, input: object): Call => ({
        method: 'POST',
        path,
        headers,
        body: JSON.stringify(input),
      })
      return {
        reference: post('/comments', { articleId: id, body }),
        trpc: post('/trpc/comments.create', { articleId: id, body }),
        rest: post(`/api/v1/articles/${id}/comments`, { body }),
      }
    },
  },
]
