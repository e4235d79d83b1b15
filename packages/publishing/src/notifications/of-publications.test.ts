import { randomUUIDv7 } from 'node:crypto'
import { articles, notifications, outbox } from '@galley/db/schema'
import { insertArticle, insertTagged } from '@galley/testing/publishing/factories'
import { countUnread, listNotifications } from '@galley/platform/notifications/list'
import { eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { told } from '../../test/told.ts'
import { FOLLOWERS_AT_ONCE, tellFollowers } from '../articles/tell-followers.ts'
import { approveArticle, requestReview, sendBackArticle } from '../articles/review.ts'
import { publishArticle, unpublishArticle } from '../articles/publish.ts'
import { inviteCoAuthor } from '../co-authors/manage.ts'
import { acceptCoAuthorship } from '../co-authors/respond.ts'
import { createComment } from '../comments/write.ts'
import type { AuthedCtx } from '../ctx.ts'
import { createFollow } from '../follows/change.ts'
import { createTagFollow } from '../tag-follows/change.ts'

const domain = useTestDomain()
const { database } = domain

/** A draft under a tag of its own, ready to go out. */
async function draft(author: AuthedCtx) {
  const { article, slug } = await insertTagged(database.db, {
    authorId: author.actor.user.id,
    title: 'Rain',
    status: 'draft',
    publishedAt: null,
  })
  const other = await insertArticle(database.db, { authorId: author.actor.user.id })
  // Only tags of what is out can be followed.
  await database.db.execute(sql`insert into article_tags (article_id, tag_id, position)
    select ${other.id}::uuid, id, 0 from tags where slug = ${slug}`)
  return { slug, articleId: article.id, articleSlug: article.slug }
}

test('who follows the author or the tag is told of a publication once, however often it is repeated', async () => {
  const author = await domain.person({ username: 'writer', displayName: 'Bea' })
  const [ofAuthor, ofTag, ofBoth, nobody] = await Promise.all(
    Array.from({ length: 4 }, () => domain.person()),
  )
  if (!ofAuthor || !ofTag || !ofBoth || !nobody) throw new Error('Not enough people')
  const { articleId, articleSlug, slug } = await draft(author)
  for (const fan of [ofAuthor, ofBoth]) await createFollow(fan, { username: 'writer' })
  for (const fan of [ofTag, ofBoth, author]) await createTagFollow(fan, { slug })
  await publishArticle(author, { id: articleId, version: 1 })
  await domain.runJobs()
  await unpublishArticle(author, { id: articleId, version: 2 })
  expect(await told(ofAuthor)).toEqual([])
  expect(await countUnread(ofAuthor)).toEqual({ unread: 0 })
  await publishArticle(author, { id: articleId, version: 3 })
  await domain.runJobs()
  const path = `/articles/${articleSlug}`
  expect(await told(ofAuthor)).toEqual([{ text: 'Bea published “Rain”.', path }])
  expect(await told(ofTag)).toEqual([{ text: `Bea published “Rain” under ${slug}.`, path }])
  expect(await told(ofBoth)).toEqual([{ text: 'Bea published “Rain”.', path }])
  expect(await told(nobody)).toEqual([])
  const ofAuthorOnly = await listNotifications(author, { kind: 'published', limit: 10 })
  expect(ofAuthorOnly.items).toEqual([])
})

test('who is invited to write along is told so, and as a writer of comments; their followers of what they publish', async () => {
  const author = await domain.person({ displayName: 'Bea' })
  const along = await domain.person({ username: 'along', displayName: 'Cid' })
  const [fan, reader] = [await domain.person(), await domain.person({ displayName: 'Ada' })]
  await createFollow(fan, { username: 'along' })
  const { articleId, articleSlug } = await draft(author)
  const input = { articleId, username: 'along' }
  await inviteCoAuthor(author, input)
  await domain.runJobs()
  const invitation = {
    text: 'Bea invites you to write “Rain” along.',
    path: '/me/articles?show=invitations',
  }
  expect(await told(along)).toEqual(expect.arrayContaining([invitation]))
  await acceptCoAuthorship(along, { articleId })
  expect(await told(along)).not.toContainEqual(invitation)
  await publishArticle(author, { id: articleId, version: 1 })
  const { id } = await createComment(reader, { articleId, body: 'Fine.' })
  await domain.runJobs()
  const path = `/articles/${articleSlug}`
  const remark = { text: 'Ada commented on “Rain”.', path: `${path}?comment=${id}#comment-${id}` }
  for (const writer of [author, along]) expect(await told(writer)).toContainEqual(remark)
  expect(await told(fan)).toEqual([{ text: 'Cid published “Rain”.', path }])
})

test('editors are told that a review is asked for, each time; those who write are told how it is decided', async () => {
  const author = await domain.person({ displayName: 'Bea' })
  const editor = await domain.person({ role: 'editor', displayName: 'Eve' })
  const { articleId, articleSlug } = await draft(author)
  const path = `/articles/${articleSlug}`
  const asked = { text: 'Bea asks for a review of “Rain”.', path }
  const of = async (ctx: AuthedCtx) => (await told(ctx)).filter((one) => one.path === path)
  let { version } = await requestReview(author, { id: articleId, version: 1 })
  await domain.runJobs()
  expect(await of(editor)).toEqual([asked])
  expect(await of(author)).toEqual([])
  const back = { id: articleId, version, reason: 'Too short.' }
  ;({ version } = await sendBackArticle(editor, back))
  await domain.runJobs()
  expect(await of(author)).toEqual([{ text: 'Eve sent “Rain” back.', path }])
  ;({ version } = await requestReview(author, { id: articleId, version }))
  await domain.runJobs()
  expect(await of(editor)).toEqual([asked, asked])
  await approveArticle(editor, { id: articleId, version })
  await domain.runJobs()
  expect(await of(author)).toContainEqual({ text: 'Eve approved “Rain”.', path })
  const reader = await domain.person()
  expect(await of(reader)).toEqual([])
})

test('each of two decisions gives a notification, also when both are sent at once', async () => {
  const author = await domain.person()
  const editor = await domain.person({ role: 'editor', displayName: 'Eve' })
  const { articleId, articleSlug } = await draft(author)
  const asked = await requestReview(author, { id: articleId, version: 1 })
  const back = await sendBackArticle(editor, { ...asked, reason: 'Too short.' })
  const again = await requestReview(author, back)
  await approveArticle(editor, { id: articleId, version: again.version })
  await domain.runJobs()
  const of = (await told(author)).filter(({ path }) => path === `/articles/${articleSlug}`)
  expect(of.map(({ text }) => text).toSorted()).toEqual([
    'Eve approved “Rain”.',
    'Eve sent “Rain” back.',
  ])
})

test('what was taken back before anybody is told, and what was out long ago, is no news', async () => {
  const author = await domain.person({ username: 'writer-two' })
  const fan = await domain.person()
  await createFollow(fan, { username: 'writer-two' })
  const gone = await draft(author)
  await publishArticle(author, { id: gone.articleId, version: 1 })
  await unpublishArticle(author, { id: gone.articleId, version: 2 })
  const old = await draft(author)
  await database.db
    .update(articles)
    .set({ publishedAt: new Date(Date.now() - 8 * 86_400_000) })
    .where(eq(articles.id, old.articleId))
  await publishArticle(author, { id: old.articleId, version: 1 })
  await domain.runJobs()
  expect(await told(fan)).toEqual([])
})

test('ten thousand followers are told by jobs of a few statements each, every one once', async () => {
  const author = await domain.person({ username: 'famous' })
  const authorId = author.actor.user.id
  const count = 10_000
  const ids = Array.from({ length: count }, () => randomUUIDv7())
  // Past the triggers that make people found by their names.
  await database.asOperator((operator) =>
    operator.begin(async (tx) => {
      await tx`set local session_replication_role = replica`
      await tx`with fans as (
        insert into users (id, email, username, display_name, email_verified_at)
        select id, 'crowd-' || n || '@example.org', 'crowd-' || n, 'Fan', now()
        from unnest(${ids}::uuid[]) with ordinality as t (id, n) returning id, username
      )
      insert into follows (follower_id, followed_id, created_at)
      select id, ${authorId}::uuid, '2026-01-01'::timestamptz + (length(username) * interval '1 s') from fans`
    }),
  )
  const { articleId } = await draft(author)
  await publishArticle(author, { id: articleId, version: 1 })
  await database.db.delete(outbox)
  const { name } = tellFollowers
  await author.jobs.enqueue(database.db, tellFollowers, { articleId })
  database.statements.length = 0
  const jobs = await domain.runJobs({ only: name })
  expect(jobs).toHaveLength(count / FOLLOWERS_AT_ONCE + 2)
  expect(database.statements.length / jobs.length).toBeLessThan(9)
  const isIt = eq(notifications.subjectId, articleId)
  expect(await database.db.$count(notifications, isIt)).toBe(count)
  const ofEvents = sql`select count(distinct payload)::int as count from ${outbox}`
  expect([...(await database.db.execute(ofEvents))]).toEqual([{ count }])
  await database.db.delete(outbox)
})
