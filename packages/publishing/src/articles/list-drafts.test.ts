import { ChangeOrder } from '@galley/contract/publishing/articles'
import { expectOrders, expectPages } from '@galley/platform/test/pages'
import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { listDrafts } from './list.ts'

const domain = useTestDomain()
const { database } = domain

test('editors find the drafts of others, last changed first, and none that is out or their own', async () => {
  const editor = await domain.person({ role: 'editor' })
  const writer = await domain.person({ username: 'draft-writer', displayName: 'A Writer' })
  const other = await domain.person({ username: 'other-writer' })
  const draft = (authorId: string, title: string, n: number) =>
    insertArticle(database.db, {
      authorId,
      title,
      status: 'draft',
      publishedAt: null,
      updatedAt: new Date(Date.UTC(2026, 0, n)),
    })
  await draft(writer.actor.user.id, 'First', 1)
  await draft(other.actor.user.id, 'Second', 2)
  await draft(writer.actor.user.id, 'Third', 3)
  await draft(editor.actor.user.id, 'Own', 4)
  await insertArticle(database.db, { authorId: writer.actor.user.id, title: 'Out' })

  database.statements.length = 0
  const { items, page } = await listDrafts(editor, { limit: 2 })
  expect(database.statements).toHaveLength(1)
  expect(items.map(({ title, author }) => [title, author.username])).toEqual([
    ['Third', 'draft-writer'],
    ['Second', 'other-writer'],
  ])
  expect(items[0]).toMatchObject({ status: 'draft', can: { edit: true, publish: true } })
  const next = await listDrafts(editor, { limit: 2, cursor: page.nextCursor ?? '' })
  expect(next.items.map(({ title }) => title)).toEqual(['First'])
  await expectOrders((input) => listDrafts(editor, input), ChangeOrder.options, 3)
  const turned = await listDrafts(editor, { limit: 5, sort: '-updated' })
  expect(turned.items.map(({ title }) => title)).toEqual(['First', 'Second', 'Third'])
  await expectPages((input) => listDrafts(editor, { ...input, author: 'draft-writer' }), 2)
  const of = await listDrafts(editor, { limit: 5, author: 'draft-writer' })
  expect(of.items.map(({ title }) => title)).toEqual(['Third', 'First'])
})
