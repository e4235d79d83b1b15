import { articles, outbox, revisions } from '@galley/db/schema'
import { insertArticle, insertRevision } from '@galley/testing/publishing/factories'
import { asc, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/create.ts'
import { deleteArticle } from '../articles/delete.ts'
import { purgeArticle } from '../articles/trash.ts'
import { publishArticle, unpublishArticle } from '../articles/publish.ts'
import { updateArticle } from '../articles/update.ts'
import type { AuthedCtx } from '../ctx.ts'
import { MOST_REVISIONS } from './record.ts'

const domain = useTestDomain()
const { database } = domain

const of = (articleId: string) =>
  database.db
    .select()
    .from(revisions)
    .where(eq(revisions.articleId, articleId))
    .orderBy(asc(revisions.version))

/** The same person, so many minutes later. */
const after = (ctx: AuthedCtx, minutes: number): AuthedCtx => {
  const at = new Date(Date.UTC(2040, 0, 1, 0, minutes))
  return { ...ctx, now: () => at }
}

test('saves of one author become one revision for ten minutes, and the text of each is kept', async () => {
  const author = await domain.person()
  const { id } = await createArticle(after(author, 0), { title: 'One', tags: ['a'] })
  await updateArticle(after(author, 1), { id, version: 1, body: 'First.' })
  await updateArticle(after(author, 9), { id, version: 2, body: 'Second.' })
  await updateArticle(after(author, 10), { id, version: 3, body: 'Third.', reason: 'Done.' })
  await updateArticle(after(author, 11), { id, version: 4, tags: ['b'], language: 'fr' })
  const authorId = author.actor.user.id
  expect(await of(id)).toMatchObject([
    { authorId, version: 3, cause: 'created', title: 'One', body: 'Second.', tagSlugs: ['a'] },
    { authorId, version: 4, cause: 'saved', body: 'Third.', reason: 'Done.', tagSlugs: ['a'] },
    { authorId, version: 5, body: 'Third.', reason: '', tagSlugs: ['b'], language: 'fr' },
  ])
  const [first] = await of(id)
  expect(first?.savedAt.getTime()).toBe(first ? first.createdAt.getTime() + 9 * 60_000 : NaN)
})

test('two people make a revision each, and every save tells who saved which version', async () => {
  const author = await domain.person()
  const editor = await domain.person({ role: 'editor' })
  const { id } = await createArticle(after(author, 0), { title: 'One', body: 'A.' })
  await updateArticle(after(editor, 1), { id, version: 1, body: 'B.' })
  await updateArticle(after(author, 2), { id, version: 2, body: 'C.' })
  const [authorId, editorId] = [author.actor.user.id, editor.actor.user.id]
  expect(await of(id)).toMatchObject([
    { authorId, body: 'A.' },
    { authorId: editorId, body: 'B.' },
    { authorId, body: 'C.' },
  ])
  const events = await database.db
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(sql`${outbox.event} = 'article.saved' and ${outbox.payload}->>'articleId' = ${id}`)
    .orderBy(asc(outbox.xid), asc(outbox.id))
  expect(events.map(({ payload }) => payload)).toEqual([
    { articleId: id, version: 2, userId: editorId },
    { articleId: id, version: 3, userId: authorId },
  ])
})

test('what is published keeps its revision, also when it is taken back; publishing makes none', async () => {
  const author = await domain.person()
  const { id } = await createArticle(after(author, 0), { title: 'One', body: 'Draft.' })
  await publishArticle(after(author, 1), { id, version: 1 })
  await updateArticle(after(author, 2), { id, version: 2, body: 'Public.' })
  await unpublishArticle(after(author, 3), { id, version: 3 })
  await updateArticle(after(author, 4), { id, version: 4, body: 'Draft again.' })
  await updateArticle(after(author, 5), { id, version: 5, body: 'Draft once more.' })
  expect(await of(id)).toMatchObject([
    { version: 2, body: 'Draft.', wasPublic: true },
    { version: 4, body: 'Public.', wasPublic: true },
    { version: 6, body: 'Draft once more.', wasPublic: false },
  ])
})

test('a save that changes nothing, or is refused, leaves no revision', async () => {
  const author = await domain.person()
  const { id } = await createArticle(after(author, 0), { title: 'One', body: 'A.' })
  await updateArticle(after(author, 20), { id, version: 1, body: 'A.' })
  await expect(updateArticle(after(author, 20), { id, version: 7, body: 'B.' })).rejects.toThrow(
    expect.objectContaining({ reason: 'article/stale-version' }),
  )
  expect(await of(id)).toMatchObject([{ version: 1, body: 'A.' }])
})

test('the text from before revisions were kept, or from past them, becomes one before it is replaced', async () => {
  const author = await domain.person()
  const authorId = author.actor.user.id
  const { id } = await insertArticle(database.db, { authorId, body: 'Old.', version: 5 })
  await updateArticle(after(author, 0), { id, version: 5, body: 'New.' })
  await database.db.update(articles).set({ body: 'Past.', version: 8 }).where(eq(articles.id, id))
  await updateArticle(after(author, 1), { id, version: 8, body: 'Newest.' })
  expect(await of(id)).toMatchObject([
    { version: 5, body: 'Old.', cause: 'created', wasPublic: true, authorId },
    { version: 6, body: 'New.' },
    { version: 8, body: 'Past.', cause: 'saved' },
    { version: 9, body: 'Newest.' },
  ])
})

test('a new version with the text of the last, whatever made it, makes no second revision of it', async () => {
  const author = await domain.person()
  const { id } = await createArticle(after(author, 0), { title: 'One', body: 'A.' })
  await database.db.update(articles).set({ version: 4 }).where(eq(articles.id, id))
  await updateArticle(after(author, 1), { id, version: 4, body: 'B.' })
  expect(await of(id)).toMatchObject([
    { version: 1, body: 'A.' },
    { version: 5, body: 'B.' },
  ])
})

test('of fifty that save at once over any version, each has a version and a revision of its own', async () => {
  const author = await domain.person()
  const { id } = await createArticle(author, { title: 'Race', body: 'Start.' })
  const editors = await Promise.all([1, 2].map(() => domain.person({ role: 'editor' })))
  const saves = Array.from({ length: 50 }, (_, n) => {
    const reason = `Save ${n}`
    const [one = author, other = author] = editors
    return updateArticle(n % 2 ? one : other, { id, version: 'any', body: `Text ${n}.`, reason })
  })
  const versions = (await Promise.all(saves)).map(({ version }) => version)
  const linear = Array.from({ length: 50 }, (_, n) => n + 2)
  expect(versions.toSorted((a, b) => a - b)).toEqual(linear)
  const kept = await of(id)
  expect(kept.map(({ version }) => version)).toEqual([1, ...linear])
  const texts = kept.slice(1).map(({ body, reason }) => [body, reason])
  expect(texts).toEqual(
    linear.map((version) => {
      const n = versions.indexOf(version)
      return [`Text ${n}.`, `Save ${n}`]
    }),
  )
})

test('two hundred are kept of one article: beyond them, what no reader saw goes first', async () => {
  const author = await domain.person()
  const authorId = author.actor.user.id
  const version = MOST_REVISIONS + 1
  const { id } = await insertArticle(database.db, { authorId, status: 'draft', version })
  for (let each = 1; each <= version; each += 1) {
    await insertRevision(database.db, {
      articleId: id,
      authorId,
      version: each,
      wasPublic: each === 1,
    })
  }
  await updateArticle(author, { id, version, body: 'One more.' })
  const kept = (await of(id)).map((revision) => revision.version)
  expect(kept).toHaveLength(MOST_REVISIONS)
  expect(kept.slice(0, 2)).toEqual([1, 4])
  expect(kept.at(-1)).toBe(version + 1)
})

test('revisions end with their article', async () => {
  const author = await domain.person()
  const { id } = await createArticle(author, { title: 'One', body: 'A.' })
  await deleteArticle(author, { id })
  await purgeArticle(author, { id })
  expect(await of(id)).toEqual([])
})
