import { articles } from '@galley/db/schema'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import {
  auditedActions,
  bylineEvents,
  draftOf,
  invite,
  nameOf,
  namesOf,
} from '../../test/co-authors.ts'
import { useTestDomain } from '../../test/context.ts'
import { getArticleSource } from '../articles/get.ts'
import { inviteCoAuthor, removeCoAuthor } from './manage.ts'
import { acceptCoAuthorship, listCoAuthorInvitations } from './respond.ts'

const domain = useTestDomain()
const { database } = domain

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
    await expect(getArticleSource(guest, { id: articleId })).rejects.toMatchObject({
      reason: 'article/not-found',
    })
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
    expect(await bylineEvents(database, articleId)).toEqual([
      ['byline.invited', { articleId, userId, byUserId }],
      ['byline.accepted', { articleId, userId }],
    ])
    expect(await auditedActions(database, articleId)).toEqual([
      'article.author-invited',
      'article.author-joined',
    ])
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
    expect(await namesOf(author, articleId)).toEqual([nameOf(author)])
  })

  test('is declined or withdrawn, and may be made again', async () => {
    const [author, guest] = [await domain.person(), await domain.person()]
    const articleId = await draftOf(author)
    for (const by of [guest, author]) {
      await invite(author, articleId, guest)
      await removeCoAuthor(by, { articleId, username: nameOf(guest) })
      await expect(acceptCoAuthorship(guest, { articleId })).rejects.toMatchObject({
        reason: 'co-author/not-invited',
      })
    }
    const left = (await bylineEvents(database, articleId)).filter(
      ([event]) => event === 'byline.left',
    )
    expect(left).toMatchObject([
      ['byline.left', { byUserId: guest.actor.user.id, accepted: false }],
      ['byline.left', { byUserId: author.actor.user.id, accepted: false }],
    ])
    await expect(
      removeCoAuthor(author, { articleId, username: nameOf(guest) }),
    ).rejects.toMatchObject({ reason: 'co-author/not-found' })
  })

  test('is not for who became a reader meanwhile, nor for the eleventh', async () => {
    const [author, guest] = [await domain.person(), await domain.person()]
    const articleId = await draftOf(author)
    await invite(author, articleId, guest)
    const demoted = { ...guest.actor.user, role: 'reader' as const }
    const asReader = { ...guest, actor: { ...guest.actor, user: demoted } }
    await expect(acceptCoAuthorship(asReader, { articleId })).rejects.toMatchObject({
      reason: 'article/forbidden',
    })
    for (let place = 2; place < 10; place += 1) {
      await invite(author, articleId, await domain.person())
    }
    await expect(invite(author, articleId, await domain.person())).rejects.toMatchObject({
      reason: 'co-author/too-many',
    })
  })
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
  const counted = (await bylineEvents(database, articleId)).map(([event]) => event)
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
  const listed = await namesOf(author, articleId)
  expect([listed.length, new Set(listed).size]).toEqual([10, 10])
  for (const outcome of outcomes.filter(({ status }) => status === 'rejected')) {
    expect(outcome).toMatchObject({ reason: { reason: 'co-author/too-many' } })
  }
})
