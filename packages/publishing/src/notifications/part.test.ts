import { randomUUIDv7 } from 'node:crypto'
import { articles, favourites, notifications, outbox } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle, insertTagged } from '@galley/testing/publishing/factories'
import { updatePreferences } from '@galley/platform/notifications/preferences'
import { countUnread, listNotifications } from '@galley/platform/notifications/list'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { FOLLOWERS_AT_ONCE, tellFollowers } from '../articles/tell-followers.ts'
import { approveArticle, requestReview, sendBackArticle } from '../articles/review.ts'
import { publishArticle, unpublishArticle } from '../articles/publish.ts'
import { inviteCoAuthor } from '../co-authors/manage.ts'
import { acceptCoAuthorship } from '../co-authors/respond.ts'
import { createComment, deleteComment, updateComment } from '../comments/write.ts'
import type { AuthedCtx } from '../ctx.ts'
import { tellOfFavourites } from '../favourites/tell.ts'
import { createFollow, deleteFollow } from '../follows/change.ts'
import { createTagFollow } from '../tag-follows/change.ts'

const domain = useTestDomain()
const { database } = domain

const told = async (ctx: AuthedCtx) =>
  (await listNotifications(ctx, { limit: 50 })).items.map(({ text, path }) => ({ text, path }))

const eventsOf = (event: string, key: string, value: string) =>
  database.db.$count(
    outbox,
    and(eq(outbox.event, event), sql`${outbox.payload} ->> ${key}::text = ${value}`),
  )

test('an author is told of a comment of somebody else, as long as it is there', async () => {
  const author = await domain.person()
  const reader = await domain.person({ displayName: 'Ada' })
  const { id: articleId, slug } = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    title: 'Hedges',
  })
  await createComment(author, { articleId, body: 'My own.' })
  const comment = await createComment(reader, { articleId, body: 'Fine.' })
  await domain.runJobs()
  const path = `/articles/${slug}?comment=${comment.id}#comment-${comment.id}`
  expect(await told(author)).toEqual([{ text: 'Ada commented on “Hedges”.', path }])
  expect(await told(reader)).toEqual([])
  await deleteComment(reader, { id: comment.id })
  expect(await told(author)).toEqual([])
  expect(await countUnread(author)).toEqual({ unread: 0 })
})

test('a comment that is gone before anybody is told is told to nobody', async () => {
  const author = await domain.person()
  const reader = await domain.person()
  const { id: articleId } = await insertArticle(database.db, { authorId: author.actor.user.id })
  const { id } = await createComment(reader, { articleId, body: 'Fine.' })
  await deleteComment(reader, { id })
  await domain.runJobs()
  expect(await told(author)).toEqual([])
})

test('of an answer, a mention or a comment on their article people are told once, by the first that they want', async () => {
  const author = await domain.person({ username: 'c-author' })
  const asker = await domain.person({ username: 'c-asker' })
  const named = await domain.person({ username: 'c-named' })
  const ada = await domain.person({ username: 'c-ada', displayName: 'Ada' })
  const { id: articleId, slug } = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    title: 'Dew',
  })
  const question = await createComment(asker, { articleId, body: 'Why?' })
  await domain.runJobs()
  await updatePreferences(author, {
    items: [{ kind: 'mention', inApp: false, email: 'off' }],
  })
  const answer = { articleId, parentId: question.id, body: '@c-asker @c-author because.' }
  const { id } = await createComment(ada, answer)
  await domain.runJobs()
  const path = `/articles/${slug}?comment=${id}#comment-${id}`
  expect(await told(asker)).toEqual([{ text: 'Ada answered your comment on “Dew”.', path }])
  const remark = { text: 'Ada commented on “Dew”.', path }
  expect((await told(author)).filter((one) => one.path === path)).toEqual([remark])
  expect(await told(named)).toEqual([])
  await updateComment(ada, { id, body: '@c-asker @c-author @c-named because.' })
  await domain.runJobs()
  expect(await told(named)).toEqual([{ text: 'Ada mentioned you in a comment on “Dew”.', path }])
  expect(await told(asker)).toHaveLength(1)
  expect((await told(author)).filter((one) => one.path === path)).toEqual([remark])
  expect(await told(ada)).toEqual([])
})

test('a person is told once of each who follows them, and follows are one event each', async () => {
  const star = await domain.person({ username: 'a-star' })
  const fan = await domain.person({ username: 'a-fan', displayName: 'Fan' })
  const announced: unknown[] = []
  const ctx = { ...fan, announce: (event: unknown) => announced.push(event) }
  const input = { username: 'a-star' }
  await createFollow(ctx, input)
  await createFollow(ctx, input)
  const payload = { followerId: fan.actor.user.id, followedId: star.actor.user.id }
  expect(announced).toEqual([{ id: expect.any(String), event: 'follow.created', payload }])
  expect(await eventsOf('follow.created', 'followerId', payload.followerId)).toBe(1)
  await domain.runJobs()
  await deleteFollow(fan, input)
  await createFollow(fan, input)
  await domain.runJobs()
  expect(await told(star)).toEqual([{ text: 'Fan follows you.', path: '/authors/a-fan' }])
})

test('fifty people who follow at once are told of one by one', async () => {
  const star = await domain.person({ username: 'b-star' })
  const fans = await Promise.all(Array.from({ length: 50 }, () => insertUser(database.db)))
  await Promise.all(
    fans.flatMap((fan) =>
      [0, 1].map(() => createFollow(domain.signedIn(fan), { username: 'b-star' })),
    ),
  )
  await domain.runJobs()
  expect(await told(star)).toHaveLength(50)
  expect(await eventsOf('follow.created', 'followedId', star.actor.user.id)).toBe(50)
})

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
  const invitation = { text: 'Bea invites you to write “Rain” along.', path: '/me/invitations' }
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

test('authors are told how many made an article a favourite yesterday, once a day', async () => {
  const author = await domain.person()
  const authorId = author.actor.user.id
  const noon = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 - 43_200_000)
  const favour = async (title: string, names: string[]) => {
    const { id: articleId, slug } = await insertArticle(database.db, { authorId, title })
    const people = [author.actor.user.id]
    for (const displayName of names) {
      people.push((await insertUser(database.db, { displayName })).id)
    }
    await database.db
      .insert(favourites)
      .values(people.map((userId) => ({ userId, articleId, createdAt: noon })))
    return `/articles/${slug}`
  }
  const many = await favour('Soil', ['Ada', 'Bea', 'Cid'])
  const one = await favour('Seeds', ['Dora'])
  await favour('Sun', [])
  const ctx = domain.anonymous()
  for (let n = 0; n < 2; n += 1) {
    await ctx.jobs.enqueue(database.db, tellOfFavourites, {})
    await domain.runJobs()
  }
  const sentences = await told(author)
  expect(sentences).toHaveLength(2)
  expect(sentences).toEqual(
    expect.arrayContaining([
      { text: '3 people added “Soil” to their favourites.', path: many },
      { text: 'Dora added “Seeds” to their favourites.', path: one },
    ]),
  )
})

test('a page of notifications about articles, comments and people takes as many statements as kinds', async () => {
  const author = await domain.person({ username: 'statements' })
  const authorId = author.actor.user.id
  for (let n = 0; n < 5; n += 1) {
    const reader = await domain.person()
    const { id: articleId } = await insertArticle(database.db, { authorId })
    await createComment(reader, { articleId, body: 'Fine.' })
    await createFollow(reader, { username: 'statements' })
  }
  await domain.runJobs()
  const statementsOf = async (limit: number) => {
    database.statements.length = 0
    expect((await listNotifications(author, { limit })).items).toHaveLength(limit)
    return database.statements.length
  }
  expect(await statementsOf(10)).toBe(3)
  expect(await statementsOf(1)).toBe(2)
})
