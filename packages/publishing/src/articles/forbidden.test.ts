import { articles } from '@galley/db/schema'
import { insertArticle } from '@galley/testing/publishing/factories'
import { beforeEach, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from './create.ts'
import { deleteArticle } from './delete.ts'
import { getArticleSource } from './get.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

beforeEach(async () => {
  await database.db.delete(articles)
})

test('others may not change an article, and a hidden one is not there for them', async () => {
  const author = await domain.person()
  const other = await domain.person()
  const { id } = await createArticle(author, { title: 'T', body: 'B' })
  const acts = [
    (ctx: typeof author, version: number) => updateArticle(ctx, { id, version, title: 'X' }),
    (ctx: typeof author, version: number) => publishArticle(ctx, { id, version }),
    (ctx: typeof author, version: number) => unpublishArticle(ctx, { id, version }),
    (ctx: typeof author) => deleteArticle(ctx, { id }),
    (ctx: typeof author) => getArticleSource(ctx, { id }),
  ]
  for (const act of acts)
    await expect(act(other, 1)).rejects.toThrow(failsWith('article/not-found'))
  await publishArticle(author, { id, version: 1 })
  for (const act of acts)
    await expect(act(other, 2)).rejects.toThrow(failsWith('article/forbidden'))
})

test('the suspended and readers write nothing', async () => {
  const suspended = await domain.person({ status: 'suspended' })
  const reader = await domain.person({ role: 'reader' })
  await expect(createArticle(suspended, { title: 'T' })).rejects.toThrow(
    failsWith('user/suspended'),
  )
  await expect(createArticle(reader, { title: 'T' })).rejects.toThrow(
    failsWith('article/forbidden'),
  )
  const mine = await insertArticle(database.db, { authorId: suspended.actor.user.id })
  await expect(deleteArticle(suspended, { id: mine.id })).rejects.toThrow(
    failsWith('user/suspended'),
  )
  expect(await database.db.$count(articles)).toBe(1)
})
