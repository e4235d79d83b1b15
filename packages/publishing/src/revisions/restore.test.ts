import { auditLog, outbox, revisions } from '@galley/db/schema'
import { upload } from '@galley/platform/test/upload'
import { insertArticle, insertRevision } from '@galley/testing/publishing/factories'
import { and, desc, eq, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/create.ts'
import { getArticleSource } from '../articles/get.ts'
import { publishArticle } from '../articles/publish.ts'
import { updateArticle } from '../articles/update.ts'
import type { AuthedCtx } from '../ctx.ts'
import { compareRevision } from './compare.ts'
import { getRevision, listRevisions } from './list.ts'
import { restoreRevision } from './restore.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

/** An article with a text by its author and another by an editor; its revisions, the newest first. */
async function setUp() {
  const author = await domain.person()
  const editor = await domain.person({ role: 'editor' })
  const content = { title: 'One', description: 'D', body: 'Small *trees*.', tags: ['a'] }
  const { id } = await createArticle(author, content)
  await updateArticle(editor, { id, version: 1, title: 'Two', body: 'Tall *trees*.', tags: ['b'] })
  const { items } = await listRevisions(author, { articleId: id, limit: 20 })
  const [newest, first] = items
  if (!newest || !first) throw new Error('There are two revisions')
  return { author, editor, id, newest, first, content }
}

test('an earlier text comes back as a new revision, and nothing that came after is lost', async () => {
  const { author, id, first, content } = await setUp()
  const restored = await restoreRevision(author, { id: first.id, version: 2, reason: 'Better.' })
  expect(restored).toMatchObject({ ...content, version: 3 })
  const { items } = await listRevisions(author, { articleId: id, limit: 20 })
  expect(items).toMatchObject([
    { version: 3, cause: 'restored', restoredVersion: 1, reason: 'Better.', title: 'One' },
    { version: 2, cause: 'saved', title: 'Two' },
    { version: 1, cause: 'created', title: 'One' },
  ])
})

test('restoring is refused as stale, and repeated it changes nothing', async () => {
  const { author, id, first } = await setUp()
  await expect(restoreRevision(author, { id: first.id, version: 1 })).rejects.toThrow(
    failsWith('article/stale-version'),
  )
  await restoreRevision(author, { id: first.id, version: 2 })
  expect(await restoreRevision(author, { id: first.id, version: 3 })).toMatchObject({ version: 3 })
  expect(await database.db.$count(revisions, eq(revisions.articleId, id))).toBe(3)
})

test('LG3 an editor who restores is on the record, and the event says who saved', async () => {
  const { editor, id, first } = await setUp()
  await restoreRevision(editor, { id: first.id, version: 2 })
  const [entry] = await database.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.targetId, id), eq(auditLog.action, 'article.updated')))
    .orderBy(desc(auditLog.id))
  expect(entry).toMatchObject({
    actorId: editor.actor.user.id,
    after: { title: 'One', version: 3 },
  })
  const [event] = await database.db
    .select({ payload: outbox.payload })
    .from(outbox)
    .where(sql`${outbox.event} = 'article.saved' and ${outbox.payload}->>'articleId' = ${id}`)
    .orderBy(desc(outbox.id))
  expect(event?.payload).toEqual({ articleId: id, version: 3, userId: editor.actor.user.id })
})

test('to others the revisions of a draft are not there, and those of an article are not theirs', async () => {
  const { author, id, first } = await setUp()
  const other = await domain.person()
  const acts = [
    (ctx: AuthedCtx) => getRevision(ctx, { id: first.id }),
    (ctx: AuthedCtx) => compareRevision(ctx, { id: first.id }),
    (ctx: AuthedCtx) => restoreRevision(ctx, { id: first.id, version: 'any' }),
  ]
  for (const act of acts) await expect(act(other)).rejects.toThrow(failsWith('revision/not-found'))
  await expect(listRevisions(other, { articleId: id, limit: 20 })).rejects.toThrow(
    failsWith('article/not-found'),
  )
  await publishArticle(author, { id, version: 2 })
  for (const act of acts) await expect(act(other)).rejects.toThrow(failsWith('article/forbidden'))
  await expect(listRevisions(other, { articleId: id, limit: 20 })).rejects.toThrow(
    failsWith('article/forbidden'),
  )
  expect(await getArticleSource(author, { id })).toMatchObject({ title: 'Two', version: 3 })
})

test('a published article stays complete: an empty revision is refused', async () => {
  const author = await domain.person()
  const { id } = await createArticle(author, { title: 'One' })
  await updateArticle(author, { id, version: 1, body: 'Text.' })
  await publishArticle(author, { id, version: 2 })
  const authorId = author.actor.user.id
  const empty = { articleId: id, authorId, version: 100, body: '' }
  const revision = await insertRevision(database.db, empty)
  await expect(restoreRevision(author, { id: revision.id, version: 3 })).rejects.toThrow(
    failsWith('article/incomplete'),
  )
})

test('a cover that may be used no longer is left out', async () => {
  const { author, editor, id } = await setUp()
  const { id: coverMediaId } = await upload(editor, { fields: { alt: 'A field.' } })
  await domain.runJobs()
  await updateArticle(editor, { id, version: 2, coverMediaId, title: 'Three' })
  const { items } = await listRevisions(author, { articleId: id, limit: 1 })
  const [covered] = items
  if (!covered) throw new Error('It was just made')
  await updateArticle(author, { id, version: 3, coverMediaId: null, title: 'Four' })
  expect(await restoreRevision(author, { id: covered.id, version: 4 })).toMatchObject({
    title: 'Three',
    coverMediaId: null,
  })
  const own = await restoreRevision(editor, { id: covered.id, version: 5 })
  expect(own.coverMediaId).toBe(coverMediaId)
  expect(await restoreRevision(author, { id: covered.id, version: 6 })).toMatchObject({
    coverMediaId,
  })
})

test('two revisions are compared word by word, as source and as readers see them', async () => {
  const { author, newest, first } = await setUp()
  const expected = {
    before: { id: first.id },
    after: { id: newest.id },
    fields: [
      { field: 'title', before: 'One', after: 'Two' },
      { field: 'tags', before: 'a', after: 'b' },
    ],
    source: [
      { kind: 'removed', text: 'Small' },
      { kind: 'added', text: 'Tall' },
      { kind: 'same', text: ' *trees*.' },
    ],
    html: '<p><del>Small</del> <ins>Tall</ins> <em>trees</em>.</p>',
    isRough: false,
  }
  expect(await compareRevision(author, { id: newest.id })).toMatchObject(expected)
  expect(await compareRevision(author, { id: newest.id, against: first.id })).toMatchObject(
    expected,
  )
  expect(await compareRevision(author, { id: first.id })).toMatchObject({
    before: null,
    source: [{ kind: 'added', text: 'Small *trees*.' }],
  })
})

test('a revision is compared with those of its own article only', async () => {
  const { author, newest } = await setUp()
  const own = await insertArticle(database.db, { authorId: author.actor.user.id })
  const others = await insertRevision(database.db, {
    articleId: own.id,
    authorId: author.actor.user.id,
  })
  await expect(compareRevision(author, { id: newest.id, against: others.id })).rejects.toThrow(
    failsWith('revision/not-found'),
  )
})

test('the list is a keyset page in both orders, with a total, in a number of statements that does not grow', async () => {
  const author = await domain.person()
  const authorId = author.actor.user.id
  const { id: articleId } = await insertArticle(database.db, { authorId })
  for (let version = 1; version <= 5; version += 1) {
    await insertRevision(database.db, { articleId, authorId, version })
  }
  const read = async (sort: 'newest' | 'oldest') => {
    const seen: number[] = []
    for (let cursor: string | undefined; ;) {
      const { items, page } = await listRevisions(author, { articleId, limit: 2, sort, cursor })
      seen.push(...items.map(({ version }) => version))
      if (page.nextCursor === null) return seen
      cursor = page.nextCursor
    }
  }
  expect(await read('newest')).toEqual([5, 4, 3, 2, 1])
  expect(await read('oldest')).toEqual([1, 2, 3, 4, 5])
  const { items, page } = await listRevisions(author, {
    articleId,
    limit: 2,
    offset: 1,
    total: true,
  })
  expect(items.map(({ version }) => version)).toEqual([4, 3])
  expect(page.total).toBe(5)
  for (const limit of [1, 5]) {
    database.statements.length = 0
    await listRevisions(author, { articleId, limit })
    expect(database.statements).toHaveLength(2)
  }
})
