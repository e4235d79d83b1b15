import { randomBytes } from 'node:crypto'
import type { Db } from '@galley/db/client'
import { systemCtx, type SessionCtx } from '@galley/platform/ctx'
import { listArticles, listDrafts, listMyArticles } from '@galley/publishing/articles/list'
import { countPublished } from '@galley/publishing/articles/count-published'
import { listTrash } from '@galley/publishing/articles/trash'
import { listComments } from '@galley/publishing/comments/list'
import type { AuthedCtx } from '@galley/publishing/ctx'
import { listFavourites } from '@galley/publishing/favourites/list'
import { listFeed } from '@galley/publishing/feed/list'
import { listTags } from '@galley/publishing/tags/list'
import type { Deps } from '../../../src/deps.ts'
import { parseEnv } from '../../../src/env.ts'

type Role = SessionCtx['actor']['user']['role']

const minute = 60_000

/** Who may ask on the database that `content.sql` fills, through `db`. */
export function callersOn(deps: Deps, db: Db) {
  const base = { ...systemCtx(deps.domain), db }
  return {
    as: (n: number, role: Role = 'author'): AuthedCtx & SessionCtx => ({
      ...base,
      actor: reader(n, role),
    }),
    anybody: { ...base, actor: { kind: 'anonymous' } as const },
  }
}

/** A page of 20 of each list, from its beginning and from the middle of `size` articles. */
export function listsOf({ as, anybody }: ReturnType<typeof callersOn>, size: number) {
  const place = (kind: number) => {
    const time = Date.UTC(2024, 0, 1) + Math.round(size / 2) * minute
    const at = [time, id(kind, Math.round(size / 2))]
    return { limit: 20, cursor: Buffer.from(JSON.stringify(at)).toString('base64url') }
  }
  const first = { limit: 20 }
  const middle = place(3)
  return {
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
}

/**
 * Lists that go by conditions which no index has together, and totals. Of the articles of `reader-1` none carries `tag-0`, and one in a
 * hundred `tag-1`.
 */
export function combinedListsOf({ as, anybody }: ReturnType<typeof callersOn>) {
  const first = { limit: 20 }
  const favourites = { ...first, sort: 'favourites' } as const
  const author = 'reader-1'
  const editor = as(3, 'editor')
  return {
    'most favoured': () => listArticles(anybody, favourites),
    'most favoured of a tag': () => listArticles(anybody, { ...favourites, tag: 'tag-0' }),
    'most favoured of a small tag': () => listArticles(anybody, { ...favourites, tag: 'tag-1' }),
    'most favoured of an author': () => listArticles(anybody, { ...favourites, author }),
    'of an author and a tag': () => listArticles(anybody, { ...first, author, tag: 'tag-1' }),
    'of an author and a tag of nothing of theirs': () =>
      listArticles(anybody, { ...first, author, tag: 'tag-0' }),
    'most favoured of an author and a tag': () =>
      listArticles(anybody, { ...favourites, author, tag: 'tag-1' }),
    'drafts of others': () => listDrafts(editor, first),
    'drafts of one other': () => listDrafts(editor, { ...first, author }),
    'own trash': () => listTrash(as(1), first),
    'trash of all': () => listTrash(editor, { ...first, of: 'everybody' }),
    'total of all': () => countPublished(anybody.db, {}),
    'total of a tag': () => countPublished(anybody.db, { tag: 'tag-0' }),
    'total of an author': () => countPublished(anybody.db, { author }),
    'total of an author and a tag': () => countPublished(anybody.db, { author, tag: 'tag-1' }),
    'total of a feed': () => countPublished(anybody.db, { followedBy: id(1, 2) }),
  }
}

/** The ids that `content.sql` gives: kinds are people, tags, articles, comments, drafts and what is in the trash, from 1 on. */
export function id(kind: number, n: number): string {
  return `0190000${kind}-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
}

function reader(n: number, role: Role): SessionCtx['actor'] {
  const user = {
    id: id(1, n),
    email: `reader-${n}@example.com`,
    username: `reader-${n}`,
    displayName: `Reader ${n}`,
    bio: '',
    avatarMediaId: null,
    role,
    status: 'active' as const,
    reviewSince: null,
    secondFactorDueAt: null,
    secondFactorResetAt: null,
  }
  const via = { kind: 'session' as const, sessionId: 'bench', authenticatedAt: new Date() }
  return { kind: 'user', user, via }
}

/** What the domain needs on this database. */
export function environment(url: string) {
  return parseEnv({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    ENCRYPTION_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    WORKER: 'none',
  })
}
