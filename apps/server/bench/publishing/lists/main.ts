import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { startCluster } from '@galley/embedded-postgres'
import { systemCtx } from '@galley/platform/ctx'
import { listArticles, listMyArticles } from '@galley/publishing/articles/list'
import { listComments } from '@galley/publishing/comments/list'
import type { AuthedCtx } from '@galley/publishing/ctx'
import { listFavourites } from '@galley/publishing/favourites/list'
import { listFeed } from '@galley/publishing/feed/list'
import { listTags } from '@galley/publishing/tags/list'
import { createDeps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'
import { benchDir } from '../data/database.ts'
import { fillDatabase } from './database.ts'
import { openExplained, type Cost } from './explain.ts'

// `pnpm bench:lists [--sizes 1000,50000,500000]`: what each list costs PostgreSQL, by EXPLAIN ANALYZE, at each number of
// articles. A tenth of them has the author, the tag and the reader that are asked for: what grows with them would show.
const { values } = parseArgs({
  options: { sizes: { type: 'string', default: '1000,50000,500000' } },
})
const sizes = values.sizes.split(',').map(Number)
const minute = 60_000

await using cluster = await startCluster({ dataDir: `${benchDir}/lists` })
const columns = new Map<number, Map<string, Cost>>()
for (const size of sizes) {
  columns.set(size, await measure(await fillDatabase(cluster, size), size))
  process.stdout.write(`${size}: done\n`)
}
process.stdout.write(`\n${toTable(columns)}\n`)

/** A page of 20 of each list, from its beginning and from the middle of the data. */
async function measure(url: string, size: number) {
  await using explained = openExplained(url)
  await using deps = createDeps(environment(url))
  const base = { ...systemCtx(deps.domain), db: explained.db }
  const as = (n: number): AuthedCtx => ({ ...base, actor: reader(n) })
  const anybody = { ...base, actor: { kind: 'anonymous' } as const }
  const place = (kind: number) => {
    const time = Date.UTC(2024, 0, 1) + Math.round(size / 2) * minute
    const at = [time, id(kind, Math.round(size / 2))]
    return { limit: 20, cursor: Buffer.from(JSON.stringify(at)).toString('base64url') }
  }
  const first = { limit: 20 }
  const middle = place(3)
  const lists = {
    all: () => listArticles(anybody, first),
    'all, signed in': () => listArticles(as(1), first),
    'all, from the middle': () => listArticles(anybody, middle),
    'of a tag': () => listArticles(anybody, { ...first, tag: 'tag-0' }),
    'of a tag, from the middle': () => listArticles(anybody, { ...middle, tag: 'tag-0' }),
    'of an author': () => listArticles(anybody, { ...first, author: 'reader-1' }),
    'of an author, from the middle': () => listArticles(anybody, { ...middle, author: 'reader-1' }),
    feed: () => listFeed(as(2), first),
    'feed, from the middle': () => listFeed(as(2), middle),
    mine: () => listMyArticles(as(1), first),
    'mine, from the middle': () => listMyArticles(as(1), middle),
    favourites: () => listFavourites(as(1), first),
    'favourites, from the middle': () => listFavourites(as(1), middle),
    comments: () => listComments(anybody, { ...first, articleId: id(3, 1) }),
    'comments, from the middle': () => listComments(anybody, { ...place(4), articleId: id(3, 1) }),
    tags: () => listTags(anybody, first),
  }
  const costs = new Map<string, Cost>()
  for (const [name, read] of Object.entries(lists)) costs.set(name, await explained.costOf(read))
  return costs
}

function id(kind: number, n: number): string {
  return `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}

function reader(n: number): AuthedCtx['actor'] {
  const user = {
    id: id(1, n),
    email: `reader-${n}@example.com`,
    username: `reader-${n}`,
    displayName: `Reader ${n}`,
    bio: '',
    avatarMediaId: null,
    role: 'author' as const,
    status: 'active' as const,
    reviewSince: null,
    secondFactorDueAt: null,
    secondFactorResetAt: null,
  }
  const via = { kind: 'session' as const, sessionId: 'bench', authenticatedAt: new Date() }
  return { kind: 'user', user, via }
}

function environment(url: string) {
  return parseEnv({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    WORKER: 'none',
  })
}

function toTable(costs: Map<number, Map<string, Cost>>): string {
  const names = [...([...costs.values()][0]?.keys() ?? [])]
  const head = ['list', ...[...costs.keys()].map((size) => `${size.toLocaleString('en')} articles`)]
  const rows = names.map((name) => [
    name,
    ...[...costs.values()].map((column) => {
      const { ms, buffers } = column.get(name) ?? { ms: 0, buffers: 0 }
      return `${ms.toFixed(2)} ms, ${buffers} blocks`
    }),
  ])
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')
}
