import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto'
import { newApiToken } from '@galley/auth/api-tokens'
import { Scope } from '@galley/contract/scopes'
import {
  apiTokens,
  articleTags,
  follows,
  jobRuns,
  notifications,
  sessions,
  tags,
} from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import {
  insertArticle,
  insertCoAuthor,
  insertComment,
  insertPreviewLink,
  insertRevision,
} from '@galley/testing/publishing/factories'
import * as fc from 'fast-check'
import type { TestApp } from '../../app.ts'
import { insertMedia } from '../../platform/insert-media.ts'

type Db = TestApp['database']['db']

/** Places in lists, in their default order and in others. */
const cursors = [
  [Date.now(), randomUUIDv7()],
  [Date.now(), randomUUIDv7(), 'oldest'],
  [Date.now(), randomUUIDv7(), '-updated'],
  [1, randomUUIDv7(), 'favourites'],
  [1, 'fuzz'],
  ['fuzz', 'name'],
].map((place) => Buffer.from(JSON.stringify(place)).toString('base64url'))

/** Mostly published. */
const states = [
  { status: 'draft', publishedAt: null },
  {},
  { status: 'in_review', publishedAt: null },
  {},
  {
    status: 'scheduled',
    publishedAt: null,
    scheduledAt: new Date('2046-10-15T06:00:00Z'),
    scheduledZone: 'UTC',
  },
  {},
  { status: 'archived' },
  {},
  { status: 'trashed', deletedAt: new Date() },
  {},
] as const

export type FuzzWorld = Awaited<ReturnType<typeof createFuzzWorld>>

const expiresAt = () => new Date(Date.now() + 3_600_000)

/** People with things of theirs, the ways in which callers are known, and what is there to be asked for. */
export async function createFuzzWorld(db: Db) {
  const author = await insertUser(db, { username: 'fuzz-author', role: 'author' })
  const other = await insertUser(db, { username: 'fuzz-other', role: 'author' })
  const reader = await insertUser(db, { username: 'fuzz-reader', role: 'reader' })
  const editor = await insertUser(db, { username: 'fuzz-editor', role: 'editor' })
  const suspended = await insertUser(db, { username: 'fuzz-gone', status: 'suspended' })
  const [tag] = await db.insert(tags).values({ slug: 'fuzz' }).returning()

  const articles: string[] = []
  const slugs: string[] = []
  const comments: string[] = []
  const revisions: string[] = []
  const authors = [author, other, suspended]
  for (let count = 0; count < 120; count++) {
    const { id: authorId } = authors[count % authors.length] ?? author
    const state = states[count % states.length]
    const article = await insertArticle(db, {
      authorId,
      slug: `fuzz-${count}`,
      ...state,
    })
    if (tag)
      await db.insert(articleTags).values({ articleId: article.id, tagId: tag.id, position: 0 })
    const under = { articleId: article.id, authorId: author.id }
    articles.push(article.id)
    slugs.push(article.slug)
    comments.push((await insertComment(db, under)).id)
    revisions.push((await insertRevision(db, { articleId: article.id, authorId })).id)
  }
  const links: string[] = []
  for (const [count, articleId] of articles.entries()) {
    if (count % 3 !== 0) continue
    await insertCoAuthor(db, { articleId, userId: other.id })
    links.push((await insertPreviewLink(db, { articleId, createdBy: author.id })).id)
  }
  for (const [count, articleId] of articles.entries()) {
    if (count % 3 === 1) await insertCoAuthor(db, { articleId, userId: author.id, accepted: false })
  }
  const files: string[] = []
  for (let count = 0; count < 60; count++) files.push((await insertMedia(db, author.id)).id)
  const jobs = [randomUUIDv7(), randomUUIDv7()]
  for (const id of jobs) await db.insert(jobRuns).values({ id, job: 'fuzz', ownerId: author.id })

  const told = Array.from({ length: 20 }, () => randomUUIDv7())
  await db.insert(follows).values({ followerId: reader.id, followedId: author.id })
  await db.insert(notifications).values(
    told.map((id) => ({
      id,
      userId: author.id,
      kind: 'follow',
      key: id,
      actorId: reader.id,
      subjectKind: 'person',
      subjectId: reader.id,
      inApp: true,
      email: 'off' as const,
    })),
  )

  const bearerOf = async (userId: string, scopes = Scope.options) => {
    const { token, hash: tokenHash, hint } = newApiToken()
    const values = { userId, name: 'Fuzz', tokenHash, hint, scopes, expiresAt: expiresAt() }
    await db.insert(apiTokens).values(values)
    return { authorization: `Bearer ${token}` }
  }
  const session = await cookieOf(db, author.id)
  const bearer = await bearerOf(author.id)
  const credentials: Record<string, string>[] = [
    ...Array.from({ length: 20 }, () => bearer),
    await bearerOf(editor.id),
    await bearerOf(reader.id),
    await bearerOf(suspended.id),
    await bearerOf(author.id, ['tags:read']),
    session,
    { ...session, ...bearer },
    { authorization: 'Bearer gly_never' },
    { authorization: 'Basic eDp5' },
    {},
  ]
  const pick = (pool: readonly string[]) => fc.nat().map((index) => pool[index % pool.length])
  return {
    credentials,
    /** Takes note of what a request has made. */
    learn(name: string, { id }: { id?: unknown }) {
      if (typeof id !== 'string') return
      if (name === 'articles.create') articles.push(id)
      if (name === 'comments.create') comments.push(id)
    },
    /** What is there, by the name of the field that asks for it. */
    known(name: string, field: string) {
      if (field === 'articleId' || (field === 'id' && name.startsWith('articles.')))
        return pick(articles)
      if (field === 'coverMediaId' || field === 'avatarMediaId')
        return fc.option(pick(files), { freq: 1 })
      if (field === 'id' && name.startsWith('media.')) return pick(files)
      if (field === 'id' && name.startsWith('notifications.')) return pick(told)
      if (field === 'against' || (field === 'id' && name.startsWith('revisions.')))
        return pick(revisions)
      if (field === 'id' && name.startsWith('previewLinks.')) return pick(links)
      if (field === 'at') return fc.constant('2046-10-15T06:00:00.000Z')
      if (field === 'zone') return fc.constantFrom('Europe/Berlin', 'UTC')
      if (field === 'cursor') return pick(cursors)
      if (field === 'parentId' || field === 'around') return pick(comments)
      if (field === 'id') return pick(name.startsWith('jobs.') ? jobs : comments)
      if (field === 'slug') return name.startsWith('tag') ? fc.constant('fuzz') : pick(slugs)
      if (field === 'tag') return fc.constant('fuzz')
      if (field === 'version') return fc.integer({ min: 1, max: 3 })
      if (field === 'coverUrl')
        return fc.constantFrom(null, '/images/a.svg', 'https://x.example/a.png')
      if (field === 'usernames')
        return fc.constantFrom([author.username, other.username], [other.username])
      if (field === 'tags') return fc.uniqueArray(fc.constantFrom('fuzz', 'Web', 'naïve'))
      if (field === 'email') return fc.constant(author.email)
      if (field === 'username' && name.startsWith('coAuthors.'))
        return pick([other.username, author.username])
      if (field !== 'username' && field !== 'author') return undefined
      // The caller's own name stays: others are told apart by it.
      if (name === 'users.updateProfile') return undefined
      return pick([other.username, reader.username, author.username, suspended.username])
    },
  }
}

async function cookieOf(db: Db, userId: string) {
  const token = randomBytes(32).toString('base64url')
  const id = createHash('sha256').update(token).digest('hex')
  const until = expiresAt()
  await db.insert(sessions).values({ id, userId, expiresAt: until, absoluteExpiresAt: until })
  return { cookie: `__Host-galley-session=${token}`, 'sec-fetch-site': 'same-origin' }
}
