import { TimeOrder } from '@galley/contract/primitives'
import { expectOrders } from '@galley/platform/test/pages'
import { insertArticle } from '@galley/testing/publishing/factories'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { unpublishArticle } from '../articles/publish.ts'
import { createFavourite } from './change.ts'
import { listFavourites } from './list.ts'

const domain = useTestDomain()
const { database } = domain

describe('listFavourites', () => {
  const at = (n: number) => () => new Date(Date.UTC(2026, 0, n))

  test('last added first, page by page, without what was taken back', async () => {
    const author = await domain.person()
    const reader = await domain.person({ role: 'reader' })
    const articles = []
    for (let n = 1; n <= 6; n++) {
      const article = await insertArticle(database.db, {
        authorId: author.actor.user.id,
        title: String(n),
        publishedAt: at(30 - n)(),
      })
      articles.push(article)
      await createFavourite({ ...reader, now: at(n) }, { articleId: article.id })
    }
    await unpublishArticle(author, { id: articles[3]?.id ?? '', version: 1 })
    await expectOrders((input) => listFavourites(reader, input), TimeOrder.options, 5)
    const oldest = await listFavourites(reader, { limit: 2, sort: 'oldest' })
    expect(oldest.items.map(({ title }) => title)).toEqual(['1', '2'])
    const first = await listFavourites(reader, { limit: 3 })
    expect(first.items.map(({ title, favourited }) => [title, favourited])).toEqual([
      ['6', true],
      ['5', true],
      ['3', true],
    ])
    const second = await listFavourites(reader, { limit: 3, cursor: first.page.nextCursor ?? '' })
    expect(second.items.map(({ title }) => title)).toEqual(['2', '1'])
    expect(second.page.nextCursor).toBeNull()
    expect((await listFavourites(author, { limit: 3 })).items).toEqual([])
  })

  test.each([1, 50])('a list of %i is one statement', async (rows) => {
    const reader = await domain.person()
    const { id: authorId } = (await domain.person()).actor.user
    for (let n = 0; n < rows; n++) {
      const { id } = await insertArticle(database.db, { authorId })
      await createFavourite(reader, { articleId: id })
    }
    database.statements.length = 0
    expect((await listFavourites(reader, { limit: 100 })).items).toHaveLength(rows)
    expect(database.statements).toHaveLength(1)
  })
})
