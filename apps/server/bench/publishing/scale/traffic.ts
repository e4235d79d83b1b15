import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Answer, createAsk } from './ask.ts'

/** Somebody with a session; `wrote` is the cookie that came with what they last wrote. */
export type Person = { cookie: string; wrote: string }

/** What was seen since the last call of `take`. */
export type Seen = {
  requests: number
  /** Of the 400s and 500s, and no answer (0), by status. */
  failed: Map<number, number>
  /** When the last of them was, by `performance.now()`. */
  lastFailureAt: number | undefined
  waits: number[]
  /** Of all answers, failures and missing ones among them. */
  slowestMs: number
}

export type Traffic = {
  take(): Seen
  /** The text of each comment that was acknowledged. */
  ledger: ReadonlySet<string>
  /** How often somebody did not find what they had just written. */
  unseen(): number
  stop(): Promise<void>
}

type Options = {
  origin: string
  people: Person[]
  articles: { id: string; slug: string }[]
  /** Only its owner may read it. */
  media: { path: string; owner: Person }
  connections: number
}

/**
 * People who read and write, each request after the response to the one before: of ten, six are reads without a session, two
 * with one, one is a picture, and one a comment, which its writer looks for at once. A write that fails is sent again with its
 * key until it is acknowledged.
 */
export function startTraffic({ origin, people, articles, media, connections }: Options): Traffic {
  const { ask, close } = createAsk(origin, connections)
  const ledger = new Set<string>()
  const over = new AbortController()
  let seen = nothing()
  let unseen = 0
  const running = Array.from({ length: connections }, (_, client) => live(client))

  return {
    take() {
      const taken = seen
      seen = nothing()
      return taken
    },
    ledger,
    unseen: () => unseen,
    async stop() {
      over.abort()
      await Promise.all(running)
      close()
    },
  }

  async function live(client: number) {
    const person = people[client % people.length]
    if (!person) throw new Error('Nobody is there')
    const visitor = { ...person }
    for (let turn = client; !over.signal.aborted; turn += 1) await act(visitor, turn)
  }

  async function act(visitor: Person, turn: number) {
    const { id, slug } = articles[(turn * 7) % articles.length] ?? { id: '', slug: '' }
    const signedIn = headersOf(visitor)
    const query = (path: string, input: object) =>
      `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`
    switch (turn % 10) {
      case 0:
        return comment(visitor, id)
      case 1:
        return count(await ask({ path: query('feed.list', { limit: 20 }), headers: signedIn }))
      case 2:
        return count(await ask({ path: query('articles.bySlug', { slug }), headers: signedIn }))
      case 3:
        return count(await ask({ path: media.path, headers: headersOf(media.owner) }))
      case 4:
        return count(await ask({ path: `/articles/${slug}`, headers: { accept: 'text/html' } }))
      case 5:
        return count(await ask({ path: `/api/v1/search?q=subject${turn % 50}` }))
      case 6:
        return count(await ask({ path: query('comments.list', { articleId: id }) }))
      case 7:
        return count(await ask({ path: `/api/v1/articles?limit=${10 + (turn % 20)}` }))
      default:
        return count(await ask({ path: `/api/v1/articles/${slug}` }))
    }
  }

  async function comment(visitor: Person, articleId: string) {
    const key = randomUUID()
    const body = JSON.stringify({ articleId, body: `Ledger ${key}` })
    const written = await writeUntilKept(visitor, key, body)
    if (!written) return
    ledger.add(`Ledger ${key}`)
    const { id }: { id: string } = JSON.parse(written.body).result.data
    const path = `/api/v1/comments/${id}`
    const found = await ask({ path, headers: headersOf(visitor) })
    if (found.status === 404) unseen += 1
    count(found)
  }

  async function writeUntilKept(visitor: Person, key: string, body: string) {
    for (let tries = 0; tries < 300; tries += 1) {
      const headers = {
        ...headersOf(visitor),
        origin,
        'content-type': 'application/json',
        'idempotency-key': key,
      }
      const answer = await ask({ method: 'POST', path: '/trpc/comments.create', headers, body })
      count(answer)
      if (answer.status === 200) {
        keep(visitor, answer)
        return answer
      }
      await sleep(100)
    }
    return undefined
  }

  function count({ status, ms }: Answer) {
    seen.requests += 1
    seen.slowestMs = Math.max(seen.slowestMs, ms)
    if (status >= 200 && status < 400) seen.waits.push(ms)
    else {
      seen.failed.set(status, (seen.failed.get(status) ?? 0) + 1)
      seen.lastFailureAt = performance.now()
    }
  }
}

const headersOf = ({ cookie, wrote }: Person) => ({
  cookie: [cookie, wrote].filter(Boolean).join('; '),
  'sec-fetch-site': 'same-origin',
})

/** As a browser does with a cookie; that it forgets it after some seconds costs this one some reads of the primary. */
function keep(visitor: Person, { cookies }: Answer) {
  const set = cookies.find((cookie) => cookie.startsWith('galley-wrote='))
  if (set) visitor.wrote = set.split(';', 1)[0] ?? ''
}

export const nothing = (): Seen => ({
  requests: 0,
  failed: new Map(),
  lastFailureAt: undefined,
  waits: [],
  slowestMs: 0,
})
