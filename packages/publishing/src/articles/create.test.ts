import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from './create.ts'
import { getArticle } from './get.ts'

const domain = useTestDomain()
const failsWith = (reason: string) => expect.objectContaining({ reason })

test('a new draft may lack everything, and only its author and editors find it', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, {})
  expect(draft).toMatchObject({
    title: '',
    body: '',
    status: 'draft',
    version: 1,
    publishedAt: null,
    slug: 'untitled',
  })
  const editor = await domain.person({ role: 'editor' })
  expect((await getArticle(author, { slug: draft.slug })).id).toBe(draft.id)
  expect((await getArticle(editor, { slug: draft.slug })).id).toBe(draft.id)
  for (const other of [
    domain.anonymous(),
    await domain.person(),
    await domain.person({ role: 'reader' }),
  ]) {
    await expect(getArticle(other, { slug: draft.slug })).rejects.toThrow(
      failsWith('article/not-found'),
    )
  }
})

test('fifty articles of one title at once get fifty slugs', async () => {
  const author = await domain.person()
  const made = await Promise.all(
    Array.from({ length: 50 }, () => createArticle(author, { title: 'Same title' })),
  )
  const slugs = new Set(made.map((article) => article.slug))
  expect(slugs.size).toBe(50)
  expect(slugs.has('same-title')).toBe(true)
})
