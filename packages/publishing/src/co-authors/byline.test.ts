import { outbox, users } from '@galley/db/schema'
import { insertArticle, insertCoAuthor } from '@galley/testing/publishing/factories'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { auditedActions, invite, nameOf, written } from '../../test/co-authors.ts'
import { useTestDomain } from '../../test/context.ts'
import { getArticle } from '../articles/get.ts'
import { publishArticle } from '../articles/publish.ts'
import { orderAuthors, removeCoAuthor } from './manage.ts'
import { acceptCoAuthorship } from './respond.ts'

const domain = useTestDomain()
const { database } = domain

test('the byline has the order that was chosen, whoever is invited meanwhile', async () => {
  const [ada, bo, cy] = [await domain.person(), await domain.person(), await domain.person()]
  const articleId = await written(ada, bo)
  await invite(ada, articleId, cy)
  const usernames = [cy, bo, ada].map(nameOf)
  expect(
    (await orderAuthors(ada, { articleId, usernames })).items.map(({ username }) => username),
  ).toEqual(usernames)
  await orderAuthors(ada, { articleId, usernames })
  expect(
    (await auditedActions(database, articleId)).filter((name) => name.endsWith('ordered')),
  ).toHaveLength(1)
  const byline = async () =>
    (await getArticle(ada, { slug: articleId })).authors.map(({ username }) => username)
  expect(await byline()).toEqual([bo, ada].map(nameOf))
  await acceptCoAuthorship(cy, { articleId })
  expect(await byline()).toEqual(usernames)
  const { author } = await getArticle(ada, { slug: articleId })
  expect(author.username).toBe(nameOf(ada))
  for (const wrong of [usernames.slice(1), [...usernames.slice(1), 'no-such-person']]) {
    await expect(orderAuthors(ada, { articleId, usernames: wrong })).rejects.toMatchObject({
      reason: 'co-author/list-changed',
    })
  }
  await removeCoAuthor(ada, { articleId, username: nameOf(bo) })
  await removeCoAuthor(cy, { articleId, username: nameOf(cy) })
  expect(await byline()).toEqual([nameOf(ada)])
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
