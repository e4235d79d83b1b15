import { expectPages } from '@galley/platform/test/pages'
import { articleAuthors } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from './create.ts'
import { listMyArticles } from './list.ts'

const domain = useTestDomain()
const { database } = domain

test('my articles are mine alone, drafts and published', async () => {
  const me = await domain.person()
  const other = await domain.person()
  await createArticle(me, { title: 'Draft of mine' })
  await insertArticle(database.db, { authorId: me.actor.user.id, title: 'Out' })
  await createArticle(other, { title: 'Not mine' })
  const all = await listMyArticles(me, { limit: 20 })
  expect(all.items.map((item) => item.title).toSorted()).toEqual(['Draft of mine', 'Out'])
  await expectPages((input) => listMyArticles(me, input), 2)
  const drafts = await listMyArticles(me, { limit: 20, status: 'draft' })
  expect(drafts.items.map((item) => item.title)).toEqual(['Draft of mine'])
})

test('those that I write along are among them, in one order and once each', async () => {
  const me = await domain.person()
  const other = await domain.person()
  const [mine, others] = [me.actor.user.id, other.actor.user.id]
  const written: string[] = []
  for (const authorId of [mine, others, mine, others, others]) {
    written.unshift((await insertArticle(database.db, { authorId })).id)
  }
  const [newest = '', , third = '', second = ''] = written
  const join = (articleId: string, userId: string, acceptedAt: Date | null = new Date()) =>
    database.db.insert(articleAuthors).values({ articleId, userId, position: 1, acceptedAt })
  await join(newest, mine, null)
  await join(second, mine)
  await join(third, others)
  const { items } = await listMyArticles(me, { limit: 20, total: true })
  expect(items.map(({ id }) => id)).toEqual(written.slice(2))
  await expectPages((input) => listMyArticles(me, input), 3)
})
