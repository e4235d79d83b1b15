import { TrashOrder } from '@galley/contract/publishing/articles'
import { articles, mediaUses, tags } from '@galley/db/schema'
import { systemCtx } from '@galley/platform/ctx'
import { expectOrders } from '@galley/platform/test/pages'
import { getMedia } from '@galley/platform/media/get'
import { findServedMedia } from '@galley/platform/media/open'
import { upload } from '@galley/platform/test/upload'
import { insertArticle, insertCoAuthor } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { audited, emitted, raced } from '../../test/steps.ts'
import { useTestDomain } from '../../test/context.ts'
import { getComment, listComments } from '../comments/list.ts'
import { createComment, updateComment } from '../comments/write.ts'
import { createFavourite } from '../favourites/change.ts'
import { listFavourites } from '../favourites/list.ts'
import { listFeed } from '../feed/list.ts'
import { createFollow } from '../follows/change.ts'
import { getProfile } from '../profiles/get.ts'
import { createReviewNote } from '../review-notes/create.ts'
import { listReviewNotes } from '../review-notes/list.ts'
import { searchArticles } from '../search/articles.ts'
import { suggestSearch } from '../search/suggest.ts'
import { listTags } from '../tags/list.ts'
import { archiveArticle, unarchiveArticle } from './archive.ts'
import { createArticle } from './create.ts'
import { deleteArticle } from './delete.ts'
import { getArticle, getArticleSource } from './get.ts'
import { listArticles, listDrafts, listMyArticles } from './list.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { repairCounts } from './repair-counts.ts'
import { approveArticle, requestReview, sendBackArticle, withdrawReview } from './review.ts'
import { scheduleArticle, unscheduleArticle } from './schedule.ts'
import { deleteOldTrash, listTrash, purgeArticle, restoreArticle } from './trash.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()
const { database } = domain
const failsWith = (reason: string) => expect.objectContaining({ reason })

beforeEach(async () => {
  await database.db.delete(articles)
})

type Person = Awaited<ReturnType<typeof domain.person>>

/** A published article with a tag, a comment and a follower. */
async function published(author: Person) {
  const draft = await createArticle(author, { title: 'Zinnia', body: 'A text.', tags: ['zinnia'] })
  await publishArticle(author, { id: draft.id, version: 1 })
  const reader = await domain.person({ role: 'reader' })
  await createFollow(reader, { username: author.actor.user.username })
  await createFavourite(reader, { articleId: draft.id })
  const comment = await createComment(reader, { articleId: draft.id, body: 'So it is.' })
  return { id: draft.id, slug: draft.slug, reader, comment }
}

/** Whether an article is in each of the lists and counts that hold published ones. */
async function shown(reader: Person, author: Person) {
  const few = { limit: 10 }
  const { username } = author.actor.user
  const counts = async (list: Promise<{ items: unknown[] }>) => (await list).items.length
  const suggested = await suggestSearch(reader, { q: 'zinnia' })
  return {
    list: await counts(listArticles(reader, few)),
    tagged: await counts(listArticles(reader, { ...few, tag: 'zinnia' })),
    of: await counts(listArticles(reader, { ...few, author: username })),
    favourites: await counts(listArticles(reader, { ...few, sort: 'favourites' })),
    own: await counts(listFavourites(reader, few)),
    feed: await counts(listFeed(reader, few)),
    search: await counts(searchArticles(reader, { ...few, q: 'zinnia' })),
    suggested: suggested.articles.length + suggested.tags.length + suggested.people.length,
    tags: await counts(listTags(reader, { ...few, query: 'zinnia' })),
    profile: (await getProfile(reader, { username })).articleCount,
  }
}

test('what is deleted is nowhere, and comes back as it was when it is restored and published', async () => {
  const author = await domain.person({ displayName: 'Zinnia Grower' })
  const { id, slug, reader, comment } = await published(author)
  const before = await shown(reader, author)
  expect(Object.values(before)).not.toContain(0)
  await deleteArticle(author, { id, version: 2 })

  expect(new Set(Object.values(await shown(reader, author)))).toEqual(new Set([0]))
  expect(await repairCounts(systemCtx(domain.anonymous()))).toEqual({
    articles: 0,
    bylines: 0,
    tags: 0,
  })
  const editor = await domain.person({ role: 'editor' })
  const gone = failsWith('article/not-found')
  for (const person of [author, editor, reader]) {
    for (const name of [slug, id]) {
      await expect(getArticle(person, { slug: name })).rejects.toThrow(gone)
    }
    await expect(getArticleSource(person, { id })).rejects.toThrow(gone)
    await expect(updateArticle(person, { id, version: 3, title: 'T' })).rejects.toThrow(gone)
    await expect(createComment(person, { articleId: id, body: 'B' })).rejects.toThrow(gone)
    await expect(listComments(person, { articleId: id, limit: 5 })).rejects.toThrow(gone)
    await expect(listReviewNotes(person, { articleId: id, limit: 5 })).rejects.toThrow(gone)
    await expect(getComment(person, comment)).rejects.toThrow(failsWith('comment/not-found'))
    for (const status of ['draft', 'in_review', 'scheduled', 'archived'] as const) {
      const found = await searchArticles(person, { q: 'zinnia', status, limit: 5 })
      expect(found.items).toEqual([])
    }
  }
  await expect(updateComment(reader, { id: comment.id, body: 'Other.' })).rejects.toThrow(
    failsWith('comment/not-found'),
  )
  for (const act of everyAct) await expect(act(author, id)).rejects.toThrow(gone)
  expect((await listMyArticles(author, { limit: 5, total: true })).page.total).toBe(0)
  expect((await listDrafts(editor, { limit: 5 })).items).toEqual([])

  const restored = await restoreArticle(author, { id })
  expect(restored).toMatchObject({ status: 'draft', slug, tags: ['zinnia'] })
  const out = await publishArticle(author, { id, version: restored.version })
  expect(out.slug).toBe(slug)
  expect(await shown(reader, author)).toEqual(before)
  expect((await getArticle(reader, { slug })).commentCount).toBe(1)
  expect(await emitted(database, id)).toEqual([
    'article.deleted',
    'article.published',
    'article.published',
    'article.restored',
    'article.trashed',
    'comment.created',
  ])
  expect(await audited(database, id)).toEqual([
    'article.deleted',
    'article.published',
    'article.published',
    'article.restored',
  ])
})

const version = 'any'
const time = { at: '2046-10-15T06:00:00.000Z', zone: 'UTC' }
const everyAct: ((person: Person, id: string) => Promise<unknown>)[] = [
  (person, id) => publishArticle(person, { id, version }),
  (person, id) => unpublishArticle(person, { id, version }),
  (person, id) => archiveArticle(person, { id, version }),
  (person, id) => unarchiveArticle(person, { id, version }),
  (person, id) => requestReview(person, { id, version }),
  (person, id) => withdrawReview(person, { id, version }),
  (person, id) => approveArticle(person, { id, version }),
  (person, id) => sendBackArticle(person, { id, version, reason: 'No.' }),
  (person, id) => scheduleArticle(person, { id, version, action: 'publish', ...time }),
  (person, id) => unscheduleArticle(person, { id, version }),
  (person, id) => createReviewNote(person, { articleId: id, body: 'Note.' }),
  (person, id) => deleteArticle(person, { id }),
]

test('the trash is one’s own; editors see that of everybody, and restore from it', async () => {
  const author = await domain.person({ displayName: 'A Writer' })
  const other = await domain.person()
  const editor = await domain.person({ role: 'editor' })
  const trash = (person: Person, title: string, day: number) =>
    insertArticle(database.db, {
      authorId: person.actor.user.id,
      title,
      status: 'trashed',
      deletedAt: new Date(Date.UTC(2046, 0, day)),
    })
  const first = await trash(author, 'First', 1)
  await trash(other, 'Second', 2)
  await trash(author, 'Third', 3)
  database.statements.length = 0
  const mine = await listTrash(author, { limit: 5 })
  expect(database.statements).toHaveLength(1)
  expect(mine.items).toMatchObject([
    { title: 'Third', author: { displayName: 'A Writer' }, until: '2046-02-02T00:00:00.000Z' },
    { title: 'First' },
  ])
  const everybody = await listTrash(editor, { limit: 5, of: 'everybody' })
  expect(everybody.items.map(({ title }) => title)).toEqual(['Third', 'Second', 'First'])
  expect((await listTrash(editor, { limit: 5 })).items).toEqual([])
  await expectOrders(
    (input) => listTrash(editor, { ...input, of: 'everybody' }),
    TrashOrder.options,
    3,
  )
  expect(() => listTrash(author, { limit: 5, of: 'everybody' })).toThrow(failsWith('role/required'))
  const { id } = first
  await expect(restoreArticle(other, { id })).rejects.toThrow(failsWith('article/not-found'))
  expect(await restoreArticle(editor, { id })).toMatchObject({ title: 'First', status: 'draft' })
  await expect(restoreArticle(editor, { id })).rejects.toThrow(failsWith('article/not-found'))
})

test('50 people delete, restore and delete for good at once: each step is taken once', async () => {
  const author = await domain.person()
  const { id } = await insertArticle(database.db, { authorId: author.actor.user.id })
  const deleted = await raced(Array.from({ length: 25 }, () => deleteArticle(author, { id })))
  expect(deleted).toEqual({ won: 1, reasons: ['article/not-found'] })
  const ended = await raced([
    ...Array.from({ length: 12 }, () => restoreArticle(author, { id })),
    ...Array.from({ length: 13 }, () => purgeArticle(author, { id })),
  ])
  expect(ended).toEqual({ won: 1, reasons: ['article/not-found'] })
  expect(await audited(database, id)).toHaveLength(2)
})

/** The kinds of what uses files under the id of an article. */
const usersOf = async (id: string) =>
  (
    await database.db
      .select({ kind: mediaUses.subjectKind })
      .from(mediaUses)
      .where(eq(mediaUses.subjectId, id))
  ).map(({ kind }) => kind)

/** An article of the first with a cover of their own, and a picture of the second in its text. */
async function pictured(author: Person, editor: Person) {
  const [cover, inText] = [await upload(author), await upload(editor)]
  await domain.runJobs()
  const { id } = await createArticle(author, { title: 'Rain', coverMediaId: cover.id })
  const body = `![Rain](/media/${inText.id})`
  await updateArticle(editor, { id, version: 1, body })
  return { id, cover, inText }
}

test('it holds its pictures, also those of others, and uses them again as far as they are there', async () => {
  const author = await domain.person()
  const { id, cover, inText } = await pictured(author, await domain.person({ role: 'editor' }))
  expect(await usersOf(id)).toEqual(['article', 'article'])
  const along = await domain.person()
  await insertCoAuthor(database.db, { articleId: id, userId: along.actor.user.id })
  const seen = () => findServedMedia(along, { id: inText.id, variant: undefined })
  expect(await seen()).toMatchObject({ isPublic: false })
  await deleteArticle(author, { id })
  expect(await usersOf(id)).toEqual(['trashed-article', 'trashed-article'])
  await expect(seen()).rejects.toThrow(failsWith('media/not-found'))
  await database.asOperator((sql) => sql`delete from media where id = ${cover.id}`)
  const restored = await restoreArticle(author, { id })
  expect(restored.coverMediaId).toBeNull()
  expect(await usersOf(id)).toEqual(['article'])
  expect((await getArticle(author, { slug: id })).bodyHtml).toContain('<picture>')
  expect(await seen()).toMatchObject({ isPublic: false })
})

test('its pictures are unused once it is deleted for good', async () => {
  const author = await domain.person()
  const { id, cover } = await pictured(author, await domain.person({ role: 'editor' }))
  await deleteArticle(author, { id })
  await purgeArticle(author, { id })
  expect(await usersOf(id)).toEqual([])
  expect((await getMedia(author, { id: cover.id })).removedAt).not.toBeNull()
})

test('after 30 days it is deleted for good, with its tags', async () => {
  const author = await domain.person()
  const { id } = await published(author)
  const { id: young } = await createArticle(author, { title: 'Young' })
  await deleteArticle(author, { id })
  await deleteArticle(author, { id: young })
  const long = new Date(Date.now() - 31 * 24 * 3_600_000)
  await database.db.update(articles).set({ deletedAt: long }).where(eq(articles.id, id))
  await deleteOldTrash(systemCtx(domain.anonymous()))
  expect((await listTrash(author, { limit: 5 })).items).toMatchObject([{ id: young }])
  expect(await audited(database, id)).toContain('article.purged')
  const [tag] = await database.db.select().from(tags).where(eq(tags.slug, 'zinnia'))
  expect(tag?.articleCount).toBe(0)
})
