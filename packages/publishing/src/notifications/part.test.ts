import { favourites } from '@galley/db/schema'
import { insertUser } from '@galley/testing/factories'
import { insertArticle } from '@galley/testing/publishing/factories'
import { listNotifications } from '@galley/platform/notifications/list'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { told } from '../../test/told.ts'
import { createComment } from '../comments/write.ts'
import { tellOfFavourites } from '../favourites/tell.ts'
import { createFollow } from '../follows/change.ts'

const domain = useTestDomain()
const { database } = domain

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
