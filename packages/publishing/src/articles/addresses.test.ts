// Addresses that articles and people had lead to them, and nobody else gets them.
import { auditLog, formerSlugs, formerUsernames, outbox } from '@galley/db/schema'
import { updateProfile } from '@galley/platform/users/update-profile'
import { and, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { getProfile } from '../profiles/get.ts'
import { createArticle } from './create.ts'
import { deleteArticle } from './delete.ts'
import { getArticle } from './get.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { purgeArticle } from './trash.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain
const anybody = domain.anonymous

async function published(title: string) {
  const author = await domain.person()
  const { id, slug } = await createArticle(author, { title, body: 'Text.' })
  await publishArticle(author, { id, version: 1 })
  return { author, id, slug }
}

test('a slug that was out leads to the article for ever, on the record; the view says which it has now', async () => {
  const { author, id, slug } = await published('First address')
  const changed = await updateArticle(author, { id, version: 2, slug: 'second-address' })
  expect(changed).toMatchObject({ slug: 'second-address', version: 3 })
  // What is there already is no change.
  expect(await updateArticle(author, { id, version: 3, slug: 'second-address' })).toEqual(changed)
  await updateArticle(author, { id, version: 3, slug: 'third-address' })
  for (const name of [slug, 'second-address', 'third-address', id]) {
    expect(await getArticle(anybody(), { slug: name })).toMatchObject({ id, slug: 'third-address' })
  }
  await updateArticle(author, { id, version: 4, slug })
  for (const name of [slug, 'second-address', 'third-address']) {
    expect(await getArticle(anybody(), { slug: name })).toMatchObject({ id, slug })
  }
  const noted = await database.db.select().from(auditLog).where(eq(auditLog.targetId, id))
  expect(noted.filter(({ action }) => action === 'article.slug-changed')).toHaveLength(3)
  const told = and(
    eq(outbox.event, 'article.updated'),
    sql`${outbox.payload}->>'articleId' = ${id}`,
  )
  expect(await database.db.$count(outbox, told)).toBe(3)
})

test('nobody else gets it: not by a title, not by choice, not after the article was taken back', async () => {
  const { author, id, slug } = await published('Kept address')
  await updateArticle(author, { id, version: 2, slug: 'moved-address' })
  await unpublishArticle(author, { id, version: 3 })
  await expect(getArticle(anybody(), { slug })).rejects.toMatchObject({
    reason: 'article/not-found',
  })
  expect(await getArticle(author, { slug })).toMatchObject({ id })
  const other = await domain.person()
  const theirs = await createArticle(other, { title: 'Kept address', body: 'Text.' })
  expect(theirs.slug).toMatch(/^kept-address-[a-z2-9]{6}$/)
  for (const taken of [slug, 'moved-address']) {
    await expect(
      updateArticle(other, { id: theirs.id, version: 1, slug: taken }),
    ).rejects.toMatchObject({ reason: 'article/slug-taken', fields: [{ path: 'slug' }] })
  }
  await deleteArticle(author, { id })
  await purgeArticle(author, { id })
  expect(await database.db.$count(formerSlugs, eq(formerSlugs.articleId, id))).toBe(0)
})

test('a slug that was chosen for a draft stays whatever the title becomes, and leaves nothing behind', async () => {
  const author = await domain.person()
  const { id } = await createArticle(author, { title: 'Working title' })
  await updateArticle(author, { id, version: 1, title: 'Another title' })
  await updateArticle(author, { id, version: 2, slug: 'chosen' })
  const renamed = await updateArticle(author, { id, version: 3, title: 'A third title' })
  expect(renamed.slug).toBe('chosen')
  expect(await database.db.$count(formerSlugs, eq(formerSlugs.articleId, id))).toBe(0)
})

test('fifty who want the same slug: one gets it', async () => {
  const drafts = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const author = await domain.person()
      return { author, draft: await createArticle(author, { title: `Race` }) }
    }),
  )
  const outcomes = await Promise.allSettled(
    drafts.map(({ author, draft: { id } }) =>
      updateArticle(author, { id, version: 1, slug: 'the-one-and-only' }),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  for (const outcome of outcomes.filter(({ status }) => status === 'rejected')) {
    expect(outcome).toMatchObject({ reason: { reason: 'article/slug-taken' } })
  }
})

test('a slug that is given up while others reach for it goes to none of them', async () => {
  const { author, id, slug } = await published('Given up')
  const others = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const other = await domain.person()
      return { other, draft: await createArticle(other, { title: 'Reach' }) }
    }),
  )
  const reach = others.map(({ other, draft }) =>
    updateArticle(other, { id: draft.id, version: 1, slug }),
  )
  const [moved, ...taken] = await Promise.allSettled([
    updateArticle(author, { id, version: 2, slug: 'given-to-nobody' }),
    ...reach,
  ])
  expect(moved.status).toBe('fulfilled')
  expect(taken.filter(({ status }) => status === 'fulfilled')).toEqual([])
  expect(await getArticle(anybody(), { slug })).toMatchObject({ id, slug: 'given-to-nobody' })
})

test('an article has at most twenty former addresses', async () => {
  const { author, id, slug } = await published('Restless')
  await database.db
    .insert(formerSlugs)
    .values(Array.from({ length: 20 }, (_, n) => ({ slug: `restless-${n}`, articleId: id })))
  const change = (to: string) => updateArticle(author, { id, version: 2, slug: to })
  await expect(change('one-more')).rejects.toMatchObject({ reason: 'article/too-many-slugs' })
  expect(await getArticle(anybody(), { slug: 'restless-7' })).toMatchObject({ slug })
  // Back to one that it had there is room for.
  expect(await change('restless-7')).toMatchObject({ slug: 'restless-7' })
})

test('a former name leads to the person and is theirs for a year', async () => {
  const me = await domain.person({ username: 'name-before' })
  await updateProfile(me, { username: 'name-after' })
  for (const username of ['name-before', 'name-after']) {
    expect(await getProfile(anybody(), { username })).toMatchObject({ username: 'name-after' })
  }
  const other = await domain.person()
  const taken = { reason: 'user/username-taken' }
  await expect(updateProfile(other, { username: 'name-before' })).rejects.toMatchObject(taken)
  await expect(domain.person({ username: 'name-before' })).rejects.toThrow()
  // Back and forth is their own business.
  await updateProfile(me, { username: 'name-before' })
  await updateProfile(me, { username: 'name-after' })
  await database.db
    .update(formerUsernames)
    .set({ createdAt: sql`now() - interval '366 days'` })
    .where(eq(formerUsernames.username, 'name-before'))
  expect(await getProfile(anybody(), { username: 'name-before' })).toMatchObject({
    username: 'name-after',
  })
  await updateProfile(other, { username: 'name-before' })
  expect(await getProfile(anybody(), { username: 'name-before' })).toMatchObject({
    username: 'name-before',
  })
})
