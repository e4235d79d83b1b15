import { randomUUID } from 'node:crypto'
import type { Random } from '@galley/testing/random'

/** Somebody with a session, and the article of which they are the author. */
export type Writer = {
  id: string
  username: string
  cookie: string
  article: { id: string; version: number; title: string }
}

export type Known = { writers: Writer[] }

/** A call that is to happen once. */
export type Write = {
  path: string
  input: object
  acknowledge(data: unknown): void
}

/** What was acknowledged. */
export type Ledger = {
  count: number
  comments: Map<string, { articleId: string; authorId: string }>
  favourites: Set<string>
  follows: Set<string>
  /** The version of each article, and what it says. */
  articles: Map<string, { version: number; title: string }>
}

type Kind = 'comment' | 'favourite' | 'follow' | 'update'

/** Of a hundred writes. Comments and follows become jobs, which cost more than they do. */
const SHARES: [Kind, number][] = [
  ['comment', 10],
  ['follow', 5],
  ['update', 15],
  ['favourite', 70],
]

/** Makes writes of which none touches what another client changes, so that what is there at the end is known. */
export function createWrites({ writers }: Known, clients: number, random: Random) {
  const ledger: Ledger = {
    count: 0,
    comments: new Map(),
    favourites: new Set(),
    follows: new Set(),
    articles: new Map(),
  }
  const turns = Array.from({ length: clients }, () => 0)
  const met = writers.map(() => ({ favourite: 0, follow: 0 }))

  return {
    ledger,
    /** The next writes of one client, by one of the writers who are this client's alone. */
    next(client: number, size: number): { cookie: string; batch: Write[] } {
      const own = Math.floor((writers.length - client - 1) / clients) + 1
      const at = client + ((turns[client] ?? 0) % own) * clients
      turns[client] = (turns[client] ?? 0) + 1
      const writer = writerAt(at)
      const batch: Write[] = []
      let updates = 0
      while (batch.length < size) {
        const kind = kindOf(random.next() * 100)
        // The next version is known when this one is acknowledged.
        if (kind === 'update' && ++updates > 1) continue
        batch.push(make(kind, writer, at))
      }
      return { cookie: writer.cookie, batch }
    },
  }

  function make(kind: Kind, writer: Writer, at: number): Write {
    switch (kind) {
      case 'comment':
        return comment(writer, random.pick(writers))
      case 'update':
        return update(writer)
      default: {
        const other = nextMet(at, kind)
        if (!other) return comment(writer, random.pick(writers))
        return kind === 'favourite' ? favourite(writer, other) : follow(writer, other)
      }
    }
  }

  /** Somebody whom they have not met in this way. */
  function nextMet(at: number, kind: 'favourite' | 'follow') {
    const seen = met[at]
    if (!seen || seen[kind] >= writers.length - 1) return undefined
    seen[kind] += 1
    return writerAt((at + seen[kind]) % writers.length)
  }

  function writerAt(at: number): Writer {
    const writer = writers[at]
    if (!writer) throw new Error('Nobody is there')
    return writer
  }

  function comment(writer: Writer, { article }: Writer): Write {
    const body = `Ledger ${randomUUID()}`
    return {
      path: 'comments.create',
      input: { articleId: article.id, body },
      acknowledge: () =>
        void ledger.comments.set(body, { articleId: article.id, authorId: writer.id }),
    }
  }

  function favourite(writer: Writer, { article }: Writer): Write {
    return {
      path: 'favourites.create',
      input: { articleId: article.id },
      acknowledge: () => void ledger.favourites.add(`${writer.id} ${article.id}`),
    }
  }

  function follow(writer: Writer, { id, username }: Writer): Write {
    return {
      path: 'follows.create',
      input: { username },
      acknowledge: () => void ledger.follows.add(`${writer.id} ${id}`),
    }
  }

  function update({ article }: Writer): Write {
    const { id, version } = article
    const title = `Ledger ${randomUUID()}`
    return {
      path: 'articles.update',
      input: { id, version, title },
      acknowledge() {
        Object.assign(article, { version: version + 1, title })
        ledger.articles.set(id, { version: version + 1, title })
      },
    }
  }
}

function kindOf(place: number): Kind {
  let below = 0
  for (const [kind, share] of SHARES) {
    below += share
    if (place < below) return kind
  }
  return 'favourite'
}
