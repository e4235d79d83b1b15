import { TimeOrder } from '@galley/contract/primitives'
import { articles } from '@galley/db/schema'
import { expectOrders } from '@galley/platform/test/pages'
import { insertTagged } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createTagFollow, deleteTagFollow, getTagFollow } from './change.ts'
import { listTagFollows } from './list.ts'

const domain = useTestDomain()
const { database } = domain

async function tag() {
  const author = await domain.person()
  const { slug, article } = await insertTagged(database.db, { authorId: author.actor.user.id })
  return { slug, article }
}

test('following counts once, by fifty calls at once, and goes again', async () => {
  const { slug } = await tag()
  const reader = await domain.person({ role: 'reader' })
  const other = await domain.person()
  const input = { slug }
  await createTagFollow(other, input)
  await Promise.all(Array.from({ length: 50 }, () => createTagFollow(reader, input)))
  const followed = { slug, following: true, followerCount: 2 }
  expect(await createTagFollow(reader, input)).toEqual(followed)
  expect(await getTagFollow(reader, input)).toEqual(followed)
  const left = { slug, following: false, followerCount: 1 }
  expect(await deleteTagFollow(reader, input)).toEqual(left)
  expect(await deleteTagFollow(reader, input)).toEqual(left)
  expect(await getTagFollow(reader, input)).toEqual(left)
})

test('tags that are not there, and suspended people, are refused', async () => {
  const { slug, article } = await tag()
  const reader = await domain.person()
  const suspended = await domain.person({ status: 'suspended' })
  const notFound = { reason: 'tag/not-found' }
  const nowhere = { slug: 'no-such-tag' }
  await expect(createTagFollow(reader, nowhere)).rejects.toMatchObject(notFound)
  await expect(deleteTagFollow(reader, nowhere)).rejects.toMatchObject(notFound)
  await expect(getTagFollow(reader, nowhere)).rejects.toMatchObject(notFound)
  const forbidden = { reason: 'user/suspended' }
  await expect(createTagFollow(suspended, { slug })).rejects.toMatchObject(forbidden)
  await expect(deleteTagFollow(suspended, { slug })).rejects.toMatchObject(forbidden)
  // A tag that nothing published carries can be left, not followed.
  await createTagFollow(reader, { slug })
  await database.db.delete(articles).where(eq(articles.id, article.id))
  await expect(createTagFollow(reader, { slug })).rejects.toMatchObject(notFound)
  expect(await deleteTagFollow(reader, { slug })).toMatchObject({ following: false })
})

test('a person sees the tags that they follow, last added first, in one statement', async () => {
  const reader = await domain.person()
  const slugs: string[] = []
  for (let n = 1; n <= 4; n += 1) {
    const { slug } = await tag()
    await createTagFollow({ ...reader, now: () => new Date(Date.UTC(2026, 0, n)) }, { slug })
    slugs.unshift(slug)
  }
  database.statements.length = 0
  const { items } = await listTagFollows(reader, { limit: 10 })
  expect(database.statements).toHaveLength(1)
  expect(items).toEqual(slugs.map((slug) => ({ slug, articleCount: 1 })))
  await expectOrders((input) => listTagFollows(reader, input), TimeOrder.options, 4)
  expect((await listTagFollows(await domain.person(), { limit: 10 })).items).toEqual([])
})
