import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from './create.ts'
import { getArticleSource } from './get.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const failsWith = (reason: string) => expect.objectContaining({ reason })

test('a stale write is refused and loses nothing', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'One', body: 'First.' })
  const first = await updateArticle(author, { id: draft.id, version: 1, body: 'Second.' })
  expect(first.version).toBe(2)
  await expect(
    updateArticle(author, { id: draft.id, version: 1, body: 'Lost?', tags: ['x'] }),
  ).rejects.toThrow(failsWith('article/stale-version'))
  expect(await getArticleSource(author, { id: draft.id })).toMatchObject({
    body: 'Second.',
    version: 2,
    tags: [],
  })
})

test('of twenty writers with the same version one wins', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'Race' })
  const writes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      updateArticle(author, { id: draft.id, version: 1, body: `Text ${n}` }),
    ),
  )
  expect(writes.filter((write) => write.status === 'fulfilled')).toHaveLength(1)
})

test('an update changes only what it names', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, {
    title: 'One',
    description: 'D',
    body: 'B',
    tags: ['a', 'b'],
    coverUrl: '/a.svg',
  })
  const changed = await updateArticle(author, { id: draft.id, version: 1, tags: ['b', 'c'] })
  expect(changed).toMatchObject({
    title: 'One',
    description: 'D',
    body: 'B',
    tags: ['b', 'c'],
    coverUrl: '/a.svg',
  })
  expect(await updateArticle(author, { id: draft.id, version: 2, coverUrl: null })).toMatchObject({
    coverUrl: null,
    tags: ['b', 'c'],
  })
})

test('the slug follows the title until the first publication and is fixed from then on', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'First name', body: 'B' })
  const renamed = await updateArticle(author, { id: draft.id, version: 1, title: 'Second name' })
  expect(renamed.slug).toBe('second-name')
  const out = await publishArticle(author, { id: draft.id, version: 2 })
  const later = await updateArticle(author, {
    id: draft.id,
    version: out.version,
    title: 'Third name',
  })
  expect(later).toMatchObject({ title: 'Third name', slug: 'second-name' })
  const back = await unpublishArticle(author, { id: draft.id, version: later.version })
  const again = await updateArticle(author, {
    id: draft.id,
    version: back.version,
    title: 'Fourth name',
  })
  expect(again.slug).toBe('second-name')
})

test('a slug of which the title gives the beginning is no slug of that title', async () => {
  const author = await domain.person()
  const draft = await createArticle(author, { title: 'Harvest autumn garden' })
  const change = { id: draft.id, version: 'any' } as const
  expect(await updateArticle(author, { ...change, title: 'Harvest autumn' })).toMatchObject({
    slug: 'harvest-autumn',
  })
  await updateArticle(author, { ...change, slug: 'harvest-autumn-fruits' })
  expect(await updateArticle(author, { ...change, title: 'Harvest winter' })).toMatchObject({
    slug: 'harvest-autumn-fruits',
  })
})

test('an article counts as changed when its text does: not when it is taken back, put out again or saved as it is', async () => {
  const author = await domain.person()
  const content = { title: 'T', description: 'D', body: 'B', coverUrl: null, tags: ['b', 'a'] }
  const draft = await createArticle(author, content)
  const at = (minute: number) => ({
    ...author,
    now: () => new Date(Date.UTC(2040, 0, 1, 0, minute)),
  })
  await publishArticle(at(1), { id: draft.id, version: 1 })
  await unpublishArticle(at(2), { id: draft.id, version: 2 })
  const out = await publishArticle(at(3), { id: draft.id, version: 3 })
  expect(out).toMatchObject({ version: 4, updatedAt: draft.updatedAt })
  const same = await updateArticle(at(4), {
    id: draft.id,
    version: 4,
    ...content,
    tags: ['a', 'b'],
  })
  expect(same).toMatchObject({ version: 4, updatedAt: draft.updatedAt })
  for (const change of [{ title: 'U' }, { body: 'C' }, { coverUrl: '/a.svg' }, { tags: ['a'] }]) {
    const { version } = await getArticleSource(author, { id: draft.id })
    const changed = await updateArticle(at(5 + version), { id: draft.id, version, ...change })
    expect(changed).toMatchObject({ ...change, version: version + 1 })
    expect(changed.updatedAt).toBe(
      at(5 + version)
        .now()
        .toISOString(),
    )
  }
})
