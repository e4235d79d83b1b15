import { expect, test } from 'vitest'
import { nameOf, written } from '../../test/co-authors.ts'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/create.ts'
import { listArticles, listDrafts, listMyArticles } from '../articles/list.ts'
import { publishArticle } from '../articles/publish.ts'
import { listFeed } from '../feed/list.ts'
import { createFollow } from '../follows/change.ts'
import { getProfile } from '../profiles/get.ts'
import { searchArticles } from '../search/articles.ts'
import { removeCoAuthor } from './manage.ts'

const domain = useTestDomain()

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
  for (const writer of [author, partner]) {
    const { items, page } = await listDrafts(editor, { ...mine, author: nameOf(writer) })
    const own = writer === partner ? [alone.id, id] : [id]
    expect([ids({ items }), page.total]).toEqual([own, own.length])
  }
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
