import { setTimeout } from 'node:timers/promises'
import { auditLog, previewLinks, users } from '@galley/db/schema'
import { findServedMedia } from '@galley/platform/media/open'
import { setMediaUses } from '@galley/platform/media/uses'
import { upload } from '@galley/platform/test/upload'
import {
  insertArticle,
  insertCoAuthor,
  insertPreviewLink,
} from '@galley/testing/publishing/factories'
import { asc, eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/create.ts'
import { deleteArticle } from '../articles/delete.ts'
import { publishArticle, unpublishArticle } from '../articles/publish.ts'
import { findArticleForUpdate } from '../articles/queries.ts'
import { updateArticle } from '../articles/update.ts'
import { removeCoAuthor } from '../co-authors/manage.ts'
import { createPreviewLink, deletePreviewLink, listPreviewLinks } from './manage.ts'
import { readPreview } from './read.ts'

const domain = useTestDomain()
const { database } = domain
const anybody = domain.anonymous
const none = { reason: 'preview-link/not-found' }

const tokenOf = ({ url }: { url: string }) => new URL(url).searchParams.get('token') ?? ''

async function setUp() {
  const author = await domain.person()
  const { id } = await createArticle(author, { title: 'On hedges', body: 'They grow.' })
  const link = await createPreviewLink(author, {
    articleId: id,
    name: 'For Ada',
    expiresInDays: 7,
  })
  return { author, id, link, token: tokenOf(link) }
}

test('a link shows the text of the moment to anybody; its address is shown once, and only its hash is stored', async () => {
  const { author, id, link, token } = await setUp()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(await readPreview(anybody(), { token })).toMatchObject({
    title: 'On hedges',
    status: 'draft',
    slug: null,
    authors: [{ username: author.actor.user.username }],
    bodyHtml: '<p>They grow.</p>',
    expiresAt: link.expiresAt,
  })
  await updateArticle(author, { id, version: 1, body: 'They grow fast.' })
  const { bodyHtml } = await readPreview(anybody(), { token })
  expect(bodyHtml).toBe('<p>They grow fast.</p>')
  const listed = await listPreviewLinks(author, { articleId: id })
  expect(listed).toMatchObject({ items: [{ id: link.id, name: 'For Ada' }], can: { create: true } })
  const stored = JSON.stringify([
    listed,
    await database.db.select().from(previewLinks),
    await database.db.select().from(auditLog).where(eq(auditLog.targetId, id)),
  ])
  expect(stored).not.toContain(token)
  expect(Date.parse(link.expiresAt) - Date.parse(link.createdAt)).toBe(7 * 86_400_000)
})

test('a link works for as long as who made it may edit what is not out', async () => {
  const { author, id } = await setUp()
  const [partner, editor] = [await domain.person(), await domain.person({ role: 'editor' })]
  const { id: userId, username } = partner.actor.user
  await insertCoAuthor(database.db, { articleId: id, userId })
  const linkOf = async (by: typeof author) =>
    tokenOf(await createPreviewLink(by, { articleId: id, expiresInDays: 7 }))
  const [ofPartner, ofEditor] = [await linkOf(partner), await linkOf(editor)]
  const opens = async (token: string) => (await readPreview(anybody(), { token })).status
  for (const token of [ofPartner, ofEditor]) expect(await opens(token)).toBe('draft')
  const become = (person: typeof author, change: Partial<typeof users.$inferInsert>) =>
    database.db.update(users).set(change).where(eq(users.id, person.actor.user.id))
  await become(editor, { role: 'author' })
  await become(partner, { status: 'suspended' })
  for (const token of [ofPartner, ofEditor]) {
    await expect(opens(token)).rejects.toMatchObject(none)
  }
  await become(partner, { status: 'active' })
  expect(await opens(ofPartner)).toBe('draft')
  await removeCoAuthor(author, { articleId: id, username })
  await expect(opens(ofPartner)).rejects.toMatchObject(none)
  const { items } = await listPreviewLinks(author, { articleId: id })
  expect(items.map(({ createdBy }) => createdBy.username)).not.toContain(username)
  await publishArticle(author, { id, version: 1 })
  expect(await opens(ofEditor)).toBe('published')
})

test('a link that is revoked while a picture is put into the text shows it to nobody', async () => {
  const { author, id, link } = await setUp()
  const picture = await upload(author)
  await domain.runJobs()
  const ownerIds = [author.actor.user.id]
  let revoked: Promise<unknown> | undefined
  await database.db.transaction(async (tx) => {
    await findArticleForUpdate(tx, id)
    const draft = { kind: 'article', id, title: 'On hedges', isPublic: false }
    await setMediaUses(author, tx, draft, { mediaIds: [picture.id], ownerIds })
    revoked = deletePreviewLink(author, { id: link.id })
    await Promise.race([revoked, setTimeout(300)])
  })
  await revoked
  await expect(
    findServedMedia(anybody(), { id: picture.id, variant: undefined }),
  ).rejects.toMatchObject({ reason: 'media/not-found' })
})

test('wrong, expired and revoked are the same; revoking is on the record and not repeated', async () => {
  const { author, id, link, token } = await setUp()
  const { token: expired } = await insertPreviewLink(database.db, {
    articleId: id,
    createdBy: author.actor.user.id,
    expiresAt: new Date(Date.now() - 1_000),
  })
  expect((await listPreviewLinks(author, { articleId: id })).items).toHaveLength(1)
  expect(await deletePreviewLink(author, { id: link.id })).toEqual({ id: link.id })
  for (const wrong of [expired, token, `${token}x`, 'nonsense']) {
    await expect(readPreview(anybody(), { token: wrong })).rejects.toMatchObject(none)
  }
  await expect(deletePreviewLink(author, { id: link.id })).rejects.toMatchObject(none)
  const actions = await database.db
    .select({ action: auditLog.action })
    .from(auditLog)
    .where(eq(auditLog.targetId, id))
    .orderBy(asc(auditLog.id))
  expect(actions.map(({ action }) => action)).toEqual([
    'preview-link.created',
    'preview-link.deleted',
  ])
})

test('to others there are none, and they make none', async () => {
  const { id, link } = await setUp()
  const other = await domain.person()
  await expect(deletePreviewLink(other, { id: link.id })).rejects.toMatchObject(none)
  const hidden = { reason: 'article/not-found' }
  await expect(listPreviewLinks(other, { articleId: id })).rejects.toMatchObject(hidden)
  await expect(createPreviewLink(other, { articleId: id, expiresInDays: 1 })).rejects.toMatchObject(
    hidden,
  )
})

test('of what is out, a link leads to the article; taking it back or deleting it ends its links', async () => {
  const { author, id, token } = await setUp()
  await publishArticle(author, { id, version: 1 })
  expect(await readPreview(anybody(), { token })).toMatchObject({
    status: 'published',
    slug: expect.stringMatching(/^on-hedges/),
  })
  await expect(
    createPreviewLink(author, { articleId: id, expiresInDays: 1 }),
  ).rejects.toMatchObject({ reason: 'article/already-published' })
  await unpublishArticle(author, { id, version: 2 })
  await expect(readPreview(anybody(), { token })).rejects.toMatchObject(none)
  const again = await createPreviewLink(author, { articleId: id, expiresInDays: 1 })
  await deleteArticle(author, { id })
  await expect(readPreview(anybody(), { token: tokenOf(again) })).rejects.toMatchObject(none)
})

test('the pictures of a draft are seen by who has a link, those too that come later, until it ends', async () => {
  const author = await domain.person()
  const [before, after] = [await upload(author), await upload(author)]
  await domain.runJobs()
  const body = `![Hedge](/media/${before.id})`
  const { id } = await createArticle(author, { title: 'A', body })
  const look = (media: { id: string }) =>
    findServedMedia(anybody(), { id: media.id, variant: 'thumbnail' })
  const unseen = { reason: 'media/not-found' }
  await expect(look(before)).rejects.toMatchObject(unseen)
  const link = await createPreviewLink(author, { articleId: id, expiresInDays: 1 })
  await updateArticle(author, { id, version: 1, body: `${body} ![Gap](/media/${after.id})` })
  for (const media of [before, after]) expect(await look(media)).toMatchObject({ isPublic: false })
  await deletePreviewLink(author, { id: link.id })
  for (const media of [before, after]) await expect(look(media)).rejects.toMatchObject(unseen)
})

test('fifty at once: twenty links, and no more', async () => {
  const author = await domain.person()
  const { id: articleId } = await insertArticle(database.db, {
    authorId: author.actor.user.id,
    status: 'draft',
    publishedAt: null,
  })
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, () => createPreviewLink(author, { articleId, expiresInDays: 1 })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  for (const outcome of outcomes.filter(({ status }) => status === 'rejected')) {
    expect(outcome).toMatchObject({ reason: { reason: 'preview-link/too-many' } })
  }
})
