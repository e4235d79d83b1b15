import { articleAuthors, articles, auditLog, outbox, users } from '@galley/db/schema'
import { upload } from '@galley/platform/test/upload'
import { findServedMedia } from '@galley/platform/media/open'
import { insertArticle, insertCoAuthor } from '@galley/testing/publishing/factories'
import { and, asc, eq, sql } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/create.ts'
import { deleteArticle } from '../articles/delete.ts'
import { getArticle, getArticleSource } from '../articles/get.ts'
import { listArticles, listDrafts, listMyArticles } from '../articles/list.ts'
import { previewArticle } from '../articles/preview.ts'
import { publishArticle, unpublishArticle } from '../articles/publish.ts'
import { purgeArticle } from '../articles/trash.ts'
import { updateArticle } from '../articles/update.ts'
import { listComments } from '../comments/list.ts'
import { listFeed } from '../feed/list.ts'
import { createFollow } from '../follows/change.ts'
import { getProfile } from '../profiles/get.ts'
import { searchArticles } from '../search/articles.ts'
import { inviteCoAuthor, listAuthors, orderAuthors, removeCoAuthor } from './manage.ts'
import { acceptCoAuthorship, listCoAuthorInvitations } from './respond.ts'

const domain = useTestDomain()
const { database } = domain
type Person = Awaited<ReturnType<typeof domain.person>>

const nameOf = ({ actor }: Person) => actor.user.username
const draftOf = async (author: Person) =>
  (await createArticle(author, { title: 'On hedges', body: 'They grow.' })).id

const invite = (by: Person, articleId: string, person: Person) =>
  inviteCoAuthor(by, { articleId, username: nameOf(person) })

/** An article of the first, which the others write along. */
async function written(author: Person, ...others: Person[]) {
  const articleId = await draftOf(author)
  for (const other of others) {
    await invite(author, articleId, other)
    await acceptCoAuthorship(other, { articleId })
  }
  return articleId
}

const names = async (by: Person, articleId: string) =>
  (await listAuthors(by, { articleId })).items.map(({ username }) => username)

const events = async (articleId: string) =>
  (
    await database.db
      .select({ event: outbox.event, payload: outbox.payload })
      .from(outbox)
      .where(
        sql`${outbox.payload}->>'articleId' = ${articleId} and ${outbox.event} like 'byline.%'`,
      )
      .orderBy(asc(outbox.xid), asc(outbox.id))
  ).map(({ event, payload }) => [event, payload])

const audited = async (articleId: string) =>
  (
    await database.db
      .select({ action: auditLog.action })
      .from(auditLog)
      .where(eq(auditLog.targetId, articleId))
      .orderBy(asc(auditLog.id))
  ).map(({ action }) => action)

const failsWith = (reason: string) => ({ reason })

describe('an invitation', () => {
  test('is made once, seen by whom it is for, accepted once; each on the record and with its event', async () => {
    const [author, guest] = [await domain.person(), await domain.person()]
    const articleId = await draftOf(author)
    const first = await invite(author, articleId, guest)
    expect(first.items).toMatchObject([
      { username: nameOf(author), isAuthor: true, state: 'accepted', can: { remove: false } },
      { username: nameOf(guest), isAuthor: false, state: 'invited', can: { remove: true } },
    ])
    expect(await invite(author, articleId, guest)).toEqual(first)
    await expect(getArticleSource(guest, { id: articleId })).rejects.toMatchObject(
      failsWith('article/not-found'),
    )
    const { items, page } = await listCoAuthorInvitations(guest, { limit: 10, total: true })
    expect([items, page.total]).toMatchObject([
      [
        {
          article: { id: articleId, title: 'On hedges', status: 'draft' },
          author: { username: nameOf(author) },
          invitedBy: { username: nameOf(author) },
        },
      ],
      1,
    ])
    for (let time = 0; time < 2; time += 1) {
      expect(await acceptCoAuthorship(guest, { articleId })).toEqual({ articleId })
    }
    expect((await listCoAuthorInvitations(guest, { limit: 10 })).items).toEqual([])
    const [userId, byUserId] = [guest.actor.user.id, author.actor.user.id]
    expect(await events(articleId)).toEqual([
      ['byline.invited', { articleId, userId, byUserId }],
      ['byline.accepted', { articleId, userId }],
    ])
    expect(await audited(articleId)).toEqual(['article.author-invited', 'article.author-joined'])
  })

  test.each([
    ['nobody', async () => 'no-such-person'],
    ['a reader', async () => nameOf(await domain.person({ role: 'reader' }))],
    ['somebody suspended', async () => nameOf(await domain.person({ status: 'suspended' }))],
    [
      'somebody who has not proved their address',
      async () => nameOf(await domain.person({ emailVerifiedAt: null })),
    ],
  ])('of %s is refused in the same words', async (_, username) => {
    const author = await domain.person()
    const articleId = await draftOf(author)
    await expect(
      inviteCoAuthor(author, { articleId, username: await username() }),
    ).rejects.toMatchObject({
      reason: 'co-author/not-a-writer',
      fields: [{ path: 'username', message: 'Nobody who writes here has this username.' }],
    })
    expect(await names(author, articleId)).toEqual([nameOf(author)])
  })

  test('is declined or withdrawn, and may be made again', async () => {
    const [author, guest] = [await domain.person(), await domain.person()]
    const articleId = await draftOf(author)
    for (const by of [guest, author]) {
      await invite(author, articleId, guest)
      await removeCoAuthor(by, { articleId, username: nameOf(guest) })
      await expect(acceptCoAuthorship(guest, { articleId })).rejects.toMatchObject(
        failsWith('co-author/not-invited'),
      )
    }
    const left = (await events(articleId)).filter(([event]) => event === 'byline.left')
    expect(left).toMatchObject([
      ['byline.left', { byUserId: guest.actor.user.id, accepted: false }],
      ['byline.left', { byUserId: author.actor.user.id, accepted: false }],
    ])
    await expect(
      removeCoAuthor(author, { articleId, username: nameOf(guest) }),
    ).rejects.toMatchObject(failsWith('co-author/not-found'))
  })

  test('is not for who became a reader meanwhile, nor for the eleventh', async () => {
    const [author, guest] = [await domain.person(), await domain.person()]
    const articleId = await draftOf(author)
    await invite(author, articleId, guest)
    const demoted = { ...guest.actor.user, role: 'reader' as const }
    const asReader = { ...guest, actor: { ...guest.actor, user: demoted } }
    await expect(acceptCoAuthorship(asReader, { articleId })).rejects.toMatchObject(
      failsWith('article/forbidden'),
    )
    for (let place = 2; place < 10; place += 1) {
      await invite(author, articleId, await domain.person())
    }
    await expect(invite(author, articleId, await domain.person())).rejects.toMatchObject(
      failsWith('co-author/too-many'),
    )
  })
})

describe('a co-author', () => {
  test('changes and publishes as the author does; deleting, inviting and removing are the author’s', async () => {
    const [author, partner, third] = await Promise.all([
      domain.person(),
      domain.person(),
      domain.person(),
    ])
    const id = await written(author, partner)
    const forbidden = failsWith('article/forbidden')
    expect(await updateArticle(partner, { id, version: 1, body: 'They grow fast.' })).toMatchObject(
      {
        version: 2,
        can: { edit: true, publish: true, delete: false, manageAuthors: false },
      },
    )
    await expect(invite(partner, id, third)).rejects.toMatchObject(forbidden)
    await expect(deleteArticle(partner, { id })).rejects.toMatchObject(forbidden)
    await expect(
      orderAuthors(partner, { articleId: id, usernames: [nameOf(partner), nameOf(author)] }),
    ).rejects.toMatchObject(forbidden)
    await expect(
      removeCoAuthor(partner, { articleId: id, username: nameOf(author) }),
    ).rejects.toMatchObject(forbidden)
    expect(await publishArticle(partner, { id, version: 2 })).toMatchObject({ status: 'published' })
    expect(await unpublishArticle(partner, { id, version: 3 })).toMatchObject({ status: 'draft' })
    // Their own text is not for the record, whichever of them writes it.
    expect((await audited(id)).filter((action) => action === 'article.updated')).toEqual([])
    await deleteArticle(author, { id })
    await purgeArticle(author, { id })
    expect(await database.db.$count(articleAuthors, eq(articleAuthors.articleId, id))).toBe(0)
  })

  test('reads the draft, its comments and its pictures while they are one, and no longer', async () => {
    const [author, partner] = [await domain.person(), await domain.person()]
    const media = await upload(author)
    await domain.runJobs()
    const { id } = await createArticle(author, { title: 'A', body: `![Hedge](/media/${media.id})` })
    await invite(author, id, partner)
    await acceptCoAuthorship(partner, { articleId: id })
    const reads = [
      () => getArticle(partner, { slug: id }),
      () => listComments(partner, { articleId: id, limit: 10 }),
      () => findServedMedia(partner, { id: media.id, variant: 'thumbnail' }),
    ]
    for (const read of reads) expect(await read()).toBeTruthy()
    const shown = await previewArticle(partner, { body: `![Hedge](/media/${media.id})` })
    expect(shown.bodyHtml).toContain(`/media/${media.id}/`)
    await removeCoAuthor(partner, { articleId: id, username: nameOf(partner) })
    for (const read of reads) {
      await expect(read()).rejects.toMatchObject({ reason: expect.stringMatching(/not-found$/) })
    }
    expect((await events(id)).at(-1)).toMatchObject(['byline.left', { accepted: true }])
  })

  test('shows pictures of the other, and makes none public elsewhere', async () => {
    const [author, partner] = [await domain.person(), await domain.person()]
    const media = await upload(author, { fields: { alt: 'Hedge' } })
    await domain.runJobs()
    const body = `![Hedge](/media/${media.id})`
    const { id } = await createArticle(author, { title: 'A', body })
    await invite(author, id, partner)
    await acceptCoAuthorship(partner, { articleId: id })
    const own = await createArticle(partner, { title: 'Mine', body })
    await publishArticle(partner, own)
    expect((await getArticle(partner, { slug: own.id })).bodyHtml).not.toContain('/media/')
    const other = await domain.person()
    await expect(
      findServedMedia(other, { id: media.id, variant: undefined }),
    ).rejects.toMatchObject(failsWith('media/not-found'))
    const covered = { title: 'Mine too', coverMediaId: media.id }
    await expect(createArticle(partner, covered)).rejects.toMatchObject(
      failsWith('media/not-found'),
    )
  })

  test('the author cannot leave', async () => {
    const author = await domain.person()
    const articleId = await written(author, await domain.person())
    const self = { articleId, username: nameOf(author) }
    await expect(removeCoAuthor(author, self)).rejects.toMatchObject(
      failsWith('co-author/is-author'),
    )
  })
})

test('the byline has the order that was chosen, whoever is invited meanwhile', async () => {
  const [ada, bo, cy] = [await domain.person(), await domain.person(), await domain.person()]
  const articleId = await written(ada, bo)
  await invite(ada, articleId, cy)
  const usernames = [cy, bo, ada].map(nameOf)
  expect(
    (await orderAuthors(ada, { articleId, usernames })).items.map(({ username }) => username),
  ).toEqual(usernames)
  await orderAuthors(ada, { articleId, usernames })
  expect((await audited(articleId)).filter((name) => name.endsWith('ordered'))).toHaveLength(1)
  const byline = async () =>
    (await getArticle(ada, { slug: articleId })).authors.map(({ username }) => username)
  expect(await byline()).toEqual([bo, ada].map(nameOf))
  await acceptCoAuthorship(cy, { articleId })
  expect(await byline()).toEqual(usernames)
  const { author } = await getArticle(ada, { slug: articleId })
  expect(author.username).toBe(nameOf(ada))
  for (const wrong of [usernames.slice(1), [...usernames.slice(1), 'no-such-person']]) {
    await expect(orderAuthors(ada, { articleId, usernames: wrong })).rejects.toMatchObject(
      failsWith('co-author/list-changed'),
    )
  }
  await removeCoAuthor(ada, { articleId, username: nameOf(bo) })
  await removeCoAuthor(cy, { articleId, username: nameOf(cy) })
  expect(await byline()).toEqual([nameOf(ada)])
})

test('lists by author, profiles, feed and search know the articles that somebody writes along', async () => {
  const [author, partner, reader] = [
    await domain.person(),
    await domain.person(),
    await domain.person(),
  ]
  const id = await written(author, partner)
  const alone = await createArticle(partner, { title: 'Alone, on hedges', body: 'Text.' })
  const mine = { limit: 10, total: true } as const
  const ids = ({ items }: { items: { id: string }[] }) => items.map((item) => item.id)
  expect(ids(await listMyArticles(partner, mine))).toEqual([alone.id, id])
  expect((await listMyArticles(partner, mine)).items[1]?.authors).toHaveLength(2)
  const editor = await domain.person({ role: 'editor' })
  const others = await written(author, editor)
  expect(ids(await listDrafts(editor, { limit: 100 }))).not.toContain(others)
  const drafts = { q: 'hedges', status: 'draft', limit: 10 } as const
  expect(ids(await searchArticles(partner, drafts)).toSorted()).toEqual([id, alone.id].toSorted())

  await publishArticle(partner, { id: alone.id, version: 1 })
  await publishArticle(author, { id, version: 1 })
  await createFollow(reader, { username: nameOf(author) })
  await createFollow(reader, { username: nameOf(partner) })
  const anybody = domain.anonymous()
  const ofPartner = { author: nameOf(partner), limit: 10, total: true } as const
  for (const more of [{}, { offset: 0 }, { sort: 'favourites' }, { sort: 'oldest' }] as const) {
    const { items, page } = await listArticles(anybody, { ...ofPartner, ...more })
    expect([ids({ items }).toSorted(), page.total]).toEqual([[alone.id, id].toSorted(), 2])
  }
  const first = await listArticles(anybody, { author: nameOf(partner), limit: 1 })
  const cursor = first.page.nextCursor ?? ''
  const second = await listArticles(anybody, { author: nameOf(partner), limit: 1, cursor })
  expect([...ids(first), ...ids(second)]).toEqual([id, alone.id])
  expect(first.items[0]).toMatchObject({
    author: { username: nameOf(author) },
    authors: [{ username: nameOf(author) }, { username: nameOf(partner) }],
  })
  expect(await getProfile(anybody, { username: nameOf(partner) })).toMatchObject({
    articleCount: 2,
  })
  // What two wrote whom one follows is there once.
  const feed = await listFeed(reader, { limit: 10, total: true })
  expect([ids(feed), feed.page.total]).toEqual([[id, alone.id], 2])
  const found = { q: 'hedges', author: nameOf(partner), limit: 10 } as const
  expect(ids(await searchArticles(anybody, found)).toSorted()).toEqual([id, alone.id].toSorted())

  await removeCoAuthor(author, { articleId: id, username: nameOf(partner) })
  expect(ids(await listArticles(anybody, ofPartner))).toEqual([alone.id])
})

test('readers see another byline at once: what is published tells of it', async () => {
  const [author, partner] = [await domain.person(), await domain.person()]
  const articleId = await written(author)
  await publishArticle(author, { id: articleId, version: 1 })
  const updates = () =>
    database.db.$count(
      outbox,
      and(eq(outbox.event, 'article.updated'), sql`${outbox.payload}->>'articleId' = ${articleId}`),
    )
  await invite(author, articleId, partner)
  expect(await updates()).toBe(0)
  await acceptCoAuthorship(partner, { articleId })
  await orderAuthors(author, { articleId, usernames: [nameOf(partner), nameOf(author)] })
  await removeCoAuthor(author, { articleId, username: nameOf(partner) })
  expect(await updates()).toBe(3)
})

test('fifty who accept and withdraw at once: the last one wins, and nobody is half an author', async () => {
  const [author, guest] = [await domain.person(), await domain.person()]
  const articleId = await draftOf(author)
  await invite(author, articleId, guest)
  const calls = Array.from({ length: 50 }, (_, index) =>
    index % 2 === 0
      ? acceptCoAuthorship(guest, { articleId })
      : removeCoAuthor(author, { articleId, username: nameOf(guest) }),
  )
  const outcomes = await Promise.allSettled(calls)
  const removed = outcomes.filter(({ status }, index) => index % 2 === 1 && status === 'fulfilled')
  expect(removed).toHaveLength(1)
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue
    expect(outcome.reason).toMatchObject({ reason: expect.stringMatching(/^co-author\/not-/) })
  }
  const counted = (await events(articleId)).map(([event]) => event)
  expect(counted.filter((event) => event === 'byline.accepted').length).toBeLessThanOrEqual(1)
  expect(counted.filter((event) => event === 'byline.left')).toHaveLength(1)
  const [row] = await database.db.select().from(articles).where(eq(articles.id, articleId))
  expect(row?.bylineIds).toEqual([])
})

test('fifty invitations at once: ten authors, each once', async () => {
  const author = await domain.person()
  const articleId = await draftOf(author)
  const guests = await Promise.all(Array.from({ length: 25 }, () => domain.person()))
  const outcomes = await Promise.allSettled(
    [...guests, ...guests].map((guest) => invite(author, articleId, guest)),
  )
  const listed = await names(author, articleId)
  expect([listed.length, new Set(listed).size]).toEqual([10, 10])
  for (const outcome of outcomes.filter(({ status }) => status === 'rejected')) {
    expect(outcome).toMatchObject({ reason: failsWith('co-author/too-many') })
  }
})

test('who goes altogether is no author any more', async () => {
  const [author, partner] = [await domain.person(), await domain.person()]
  const { id } = await insertArticle(database.db, { authorId: author.actor.user.id })
  await insertCoAuthor(database.db, { articleId: id, userId: partner.actor.user.id })
  expect((await getArticle(domain.anonymous(), { slug: id })).authors).toHaveLength(2)
  await database.db.delete(users).where(eq(users.id, partner.actor.user.id))
  expect((await getArticle(domain.anonymous(), { slug: id })).authors).toEqual([
    expect.objectContaining({ username: nameOf(author) }),
  ])
})
