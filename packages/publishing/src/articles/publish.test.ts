import { insertArticle } from '@galley/testing/publishing/factories'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from './create.ts'
import { getArticle } from './get.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

test('write, publish, read', async () => {
  const author = await domain.person({ username: 'the-author', displayName: 'The Author' })
  const draft = await createArticle(author, {
    title: 'On tides',
    description: 'Why the water comes.',
    body: '## Twice a day\n\nThe **moon** pulls.',
    tags: ['sea', 'moon'],
  })
  const published = await publishArticle(author, { id: draft.id, version: draft.version })
  expect(published).toMatchObject({ status: 'published', version: 2, slug: 'on-tides' })
  const read = await getArticle(domain.anonymous(), { slug: 'on-tides' })
  expect(read).toMatchObject({
    title: 'On tides',
    author: { username: 'the-author', displayName: 'The Author' },
    tags: ['sea', 'moon'],
    words: 6,
    favouriteCount: 0,
    commentCount: 0,
    favourited: false,
    can: {
      edit: false,
      publish: false,
      unpublish: false,
      delete: false,
      comment: false,
      closeComments: false,
      favourite: false,
    },
  })
  expect(read.bodyHtml).toContain('<strong>moon</strong>')
  expect(read).not.toHaveProperty('body')
})

test('what is out keeps a title and a text', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { description: 'Only this' })
  await expect(publishArticle(author, { id: draft.id, version: 1 })).rejects.toThrow(
    expect.objectContaining({
      reason: 'article/incomplete',
      fields: [
        expect.objectContaining({ path: 'title' }),
        expect.objectContaining({ path: 'body' }),
      ],
    }),
  )
  const ready = await updateArticle(author, { id: draft.id, version: 1, title: 'T', body: 'B' })
  const out = await publishArticle(author, { id: draft.id, version: ready.version })
  await expect(
    updateArticle(author, { id: draft.id, version: out.version, title: ' ' }),
  ).rejects.toThrow(failsWith('article/incomplete'))
})

test.each(['<!-- a -->', '[a]: https://example.com', '&nbsp;', '\u200B', '# '])(
  'an article of %j has no text: it is a draft, and nothing that is out becomes it',
  async (body) => {
    const author = await domain.person()
    const incomplete = expect.objectContaining({
      reason: 'article/incomplete',
      fields: [expect.objectContaining({ path: 'body' })],
    })
    const { id } = await createArticle(author, { title: 'T', body })
    await expect(publishArticle(author, { id, version: 1 })).rejects.toThrow(incomplete)
    const image = await updateArticle(author, { id, version: 1, body: '![](/a.png)' })
    const out = await publishArticle(author, { id, version: image.version })
    const emptied = updateArticle(author, { id, version: out.version, body })
    await expect(emptied).rejects.toThrow(incomplete)
  },
)

test('a draft of an older renderer is rendered before it is published', async () => {
  const author = await domain.person()
  const stale = { authorId: author.actor.user.id, status: 'draft', bodyHtml: '' } as const
  const { id } = await insertArticle(database.db, { ...stale, body: '*a*', renderVersion: 0 })
  const published = await publishArticle(author, { id, version: 1 })
  expect(published.status).toBe('published')
  const blank = await insertArticle(database.db, { ...stale, body: '# ', renderVersion: 0 })
  await expect(publishArticle(author, { id: blank.id, version: 1 })).rejects.toThrow(
    failsWith('article/incomplete'),
  )
})

test('publishing and taking back keep the first date; repeating either is refused', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'T', body: 'B' })
  const first = await publishArticle(author, { id: draft.id, version: 1 })
  await expect(publishArticle(author, { id: draft.id, version: 2 })).rejects.toThrow(
    failsWith('article/already-published'),
  )
  await unpublishArticle(author, { id: draft.id, version: 2 })
  await expect(unpublishArticle(author, { id: draft.id, version: 3 })).rejects.toThrow(
    failsWith('article/not-published'),
  )
  const again = await publishArticle(author, { id: draft.id, version: 3 })
  expect(again.publishedAt).toBe(first.publishedAt)
})
