import type { SessionUser } from '@galley/auth/sessions'
import { mentionsIn } from '@galley/contract/publishing/mentions'
import type { Tx } from '@galley/db/client'
import { favourites, follows } from '@galley/db/schema'
import { closeComments } from '@galley/publishing/articles/close-comments'
import { createArticle } from '@galley/publishing/articles/create'
import { publishArticle } from '@galley/publishing/articles/publish'
import { rerenderTexts } from '@galley/publishing/articles/rerender'
import { updateArticle } from '@galley/publishing/articles/update'
import { createComment, deleteComment, updateComment } from '@galley/publishing/comments/write'
import { systemCtx } from '@galley/platform/ctx'
import type { AppDeps, AuthedCtx } from '@galley/publishing/ctx'
import { seedNotifications } from './notifications.ts'
import { readSeedArticles, type SeedArticle, type SeedComment } from './article-files.ts'
import { addArticlesOnTheirWay } from './articles-on-their-way.ts'
import { seedAuthorship } from './seed-authorship.ts'

const opened = new Date('2025-11-24T09:00:00Z')
const hour = 60 * 60 * 1000
const day = 24 * hour

type PersonByUsername = ReadonlyMap<string, SessionUser>

/** The articles of the demonstration publication, their comments, and who follows and likes what. */
export async function seedPublication(
  appDeps: AppDeps,
  tx: Tx,
  personByUsername: PersonByUsername,
): Promise<void> {
  const deps = { ...appDeps, markdown: unrendered(appDeps.markdown) }
  const as = (username: string, at: Date) => ctxOf(deps, tx, personByUsername, username, at)
  const published: { id: string; at: Date }[] = []
  for (const article of await readSeedArticles()) {
    const id = await addArticle(article, as)
    if (article.published) published.push({ id, at: article.published })
  }
  await seedAuthorship(tx, as, new Date(opened.getTime() + 360 * day))
  await addArticlesOnTheirWay(as)
  const ids = [...personByUsername.values()].map((person) => person.id)
  await addFollows(tx, ids)
  await addFavourites(tx, ids, published)
  await seedNotifications(tx)
  await appDeps.jobs.enqueue(tx, rerenderTexts, {}, { key: 'all' })
}

/** Leaves the HTML for a job, or the first read, like that of an older renderer: sixty texts would double the time to the first page. */
function unrendered(markdown: AppDeps['markdown']): AppDeps['markdown'] {
  const render = async (text: string) => {
    const words = text.split(/\s+/).length
    const mentions = mentionsIn(text).map(({ username }) => username)
    return { html: '', text, words, language: null, pictures: [], headings: [], mentions }
  }
  return { ...markdown, version: 0, render, isBlank: () => false }
}

type As = (username: string, at: Date) => AuthedCtx

async function addArticle(article: SeedArticle, as: As): Promise<string> {
  const finished = article.published ?? new Date(opened.getTime() + 360 * day)
  const { id, version } = await writeArticle(article, finished, as)
  if (!article.published) return id
  await publishArticle(as(article.author, finished), { id, version })
  for (const [index, comment] of article.comments.entries()) {
    const at = new Date(finished.getTime() + (index + 1) * 5.5 * hour)
    await addThread({ articleId: id, comment, at }, as)
  }
  if (article.commentsClosed)
    await closeComments(as(article.author, new Date(finished.getTime() + 30 * day)), { id })
  return id
}

/** In one go, or through the texts of its history. */
async function writeArticle({ author, content, history }: SeedArticle, finished: Date, as: As) {
  const before = (days: number) => new Date(finished.getTime() - days * day)
  const [first, ...later] = history
  const begun = first ? as(first.by, before(first.days)) : as(author, finished)
  let article = await createArticle(begun, first?.content ?? content)
  for (const { by, days, content: text, reason } of later) {
    const { id, version } = article
    article = await updateArticle(as(by, before(days)), { ...text, id, version, reason })
  }
  if (!first) return article
  const { id, version } = article
  return updateArticle(as(author, finished), { ...content, id, version, reason: 'Ready.' })
}

type SeedThread = { articleId: string; comment: SeedComment; at: Date }

/** A comment, and replies to it at intervals of half an hour. */
async function addThread({ articleId, comment, at }: SeedThread, as: As) {
  const { id } = await addComment({ articleId, ...comment, at }, as)
  const replies: string[] = []
  for (const [index, { to, ...reply }] of comment.replies.entries()) {
    const parentId = to === undefined ? id : replies[to - 1]
    const later = new Date(at.getTime() + (index + 1) * 0.5 * hour)
    replies.push((await addComment({ articleId, parentId, ...reply, at: later }, as)).id)
  }
  if (comment.deleted) await deleteComment(as(comment.by, new Date(at.getTime() + day)), { id })
}

type Written = {
  articleId: string
  parentId?: string | undefined
  by: string
  text: string
  edited?: string | undefined
  at: Date
}

async function addComment({ articleId, parentId, by, text, edited, at }: Written, as: As) {
  const comment = await createComment(as(by, at), { articleId, parentId, body: text })
  if (edited === undefined) return comment
  const later = new Date(at.getTime() + 0.1 * hour)
  return updateComment(as(by, later), { id: comment.id, body: edited })
}

/** Everybody follows a few of those who write. */
async function addFollows(tx: Tx, ids: string[]) {
  const random = createRandom(7)
  const authors = ids.slice(0, 10)
  const values = ids.flatMap((followerId) =>
    authors
      .filter((followedId) => followedId !== followerId && random() < 0.4)
      .map((followedId) => ({ followerId, followedId, createdAt: opened })),
  )
  await tx.insert(follows).values(values)
}

/** Some articles are liked much more than others. */
async function addFavourites(tx: Tx, ids: string[], articles: { id: string; at: Date }[]) {
  const random = createRandom(11)
  const values = articles.flatMap(({ id, at }) => {
    const appeal = random() ** 2
    return ids
      .filter(() => random() < appeal)
      .map((userId) => ({ userId, articleId: id, createdAt: new Date(at.getTime() + day) }))
  })
  await tx.insert(favourites).values(values)
}

function ctxOf(
  deps: AppDeps,
  tx: Tx,
  personByUsername: PersonByUsername,
  username: string,
  at: Date,
): AuthedCtx {
  const user = personByUsername.get(username)
  if (!user) throw new Error(`The seed names ${username}, who is not among its people`)
  return {
    ...systemCtx(deps, { requestId: 'seed', now: () => at }),
    db: tx,
    actor: { kind: 'user', user, via: { kind: 'token', tokenId: 'seed', scopes: new Set() } },
  }
}

/** Numbers in [0, 1) that are the same at every run: mulberry32, a public-domain generator by Tommy Ettinger. */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
