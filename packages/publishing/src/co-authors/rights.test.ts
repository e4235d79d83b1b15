import { articleAuthors } from '@galley/db/schema'
import { upload } from '@galley/platform/test/upload'
import { findServedMedia } from '@galley/platform/media/open'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { auditedActions, bylineEvents, invite, nameOf, written } from '../../test/co-authors.ts'
import { useTestDomain } from '../../test/context.ts'
import { createArticle } from '../articles/create.ts'
import { deleteArticle } from '../articles/delete.ts'
import { getArticle } from '../articles/get.ts'
import { previewArticle } from '../articles/preview.ts'
import { publishArticle, unpublishArticle } from '../articles/publish.ts'
import { purgeArticle } from '../articles/trash.ts'
import { updateArticle } from '../articles/update.ts'
import { listComments } from '../comments/list.ts'
import { orderAuthors, removeCoAuthor } from './manage.ts'
import { acceptCoAuthorship } from './respond.ts'

const domain = useTestDomain()
const { database } = domain

describe('a co-author', () => {
  test('changes and publishes as the author does; deleting, inviting and removing are the author’s', async () => {
    const [author, partner, third] = await Promise.all([
      domain.person(),
      domain.person(),
      domain.person(),
    ])
    const id = await written(author, partner)
    const forbidden = { reason: 'article/forbidden' }
    expect(await updateArticle(partner, { id, version: 1, body: 'They grow fast.' })).toMatchObject(
      {
        version: 2,
        can: { edit: true, publish: true, delete: false, manageAuthors: false },
      },
    )
    await expect(invite(partner, id, third)).rejects.toMatchObject(forbidden)
    await expect(deleteArticle(partner, { id })).rejects.toMatchObject(forbidden)
    await expect(
      orderAuthors(partner, { articleId: id, usernames: [nameOf(partner), nameOf(author)] }),
    ).rejects.toMatchObject(forbidden)
    await expect(
      removeCoAuthor(partner, { articleId: id, username: nameOf(author) }),
    ).rejects.toMatchObject(forbidden)
    expect(await publishArticle(partner, { id, version: 2 })).toMatchObject({ status: 'published' })
    expect(await unpublishArticle(partner, { id, version: 3 })).toMatchObject({ status: 'draft' })
    // Their own text is not for the record, whichever of them writes it.
    expect(
      (await auditedActions(database, id)).filter((action) => action === 'article.updated'),
    ).toEqual([])
    await deleteArticle(author, { id })
    await purgeArticle(author, { id })
    expect(await database.db.$count(articleAuthors, eq(articleAuthors.articleId, id))).toBe(0)
  })

  test('reads the draft, its comments and its pictures while they are one, and no longer', async () => {
    const [author, partner] = [await domain.person(), await domain.person()]
    const media = await upload(author)
    await domain.runJobs()
    const { id } = await createArticle(author, { title: 'A', body: `![Hedge](/media/${media.id})` })
    await invite(author, id, partner)
    await acceptCoAuthorship(partner, { articleId: id })
    const reads = [
      () => getArticle(partner, { slug: id }),
      () => listComments(partner, { articleId: id, limit: 10 }),
      () => findServedMedia(partner, { id: media.id, variant: 'thumbnail' }),
    ]
    for (const read of reads) expect(await read()).toBeTruthy()
    const shown = await previewArticle(partner, { body: `![Hedge](/media/${media.id})` })
    expect(shown.bodyHtml).toContain(`/media/${media.id}/`)
    await removeCoAuthor(partner, { articleId: id, username: nameOf(partner) })
    for (const read of reads) {
      await expect(read()).rejects.toMatchObject({ reason: expect.stringMatching(/not-found$/) })
    }
    expect((await bylineEvents(database, id)).at(-1)).toMatchObject([
      'byline.left',
      { accepted: true },
    ])
  })

  test('shows pictures of the other, and makes none public elsewhere', async () => {
    const [author, partner] = [await domain.person(), await domain.person()]
    const media = await upload(author, { fields: { alt: 'Hedge' } })
    await domain.runJobs()
    const body = `![Hedge](/media/${media.id})`
    const { id } = await createArticle(author, { title: 'A', body })
    await invite(author, id, partner)
    await acceptCoAuthorship(partner, { articleId: id })
    const own = await createArticle(partner, { title: 'Mine', body })
    await publishArticle(partner, own)
    expect((await getArticle(partner, { slug: own.id })).bodyHtml).not.toContain('/media/')
    const other = await domain.person()
    await expect(
      findServedMedia(other, { id: media.id, variant: undefined }),
    ).rejects.toMatchObject({ reason: 'media/not-found' })
    const covered = { title: 'Mine too', coverMediaId: media.id }
    await expect(createArticle(partner, covered)).rejects.toMatchObject({
      reason: 'media/not-found',
    })
  })

  test('the author cannot leave', async () => {
    const author = await domain.person()
    const articleId = await written(author, await domain.person())
    const self = { articleId, username: nameOf(author) }
    await expect(removeCoAuthor(author, self)).rejects.toMatchObject({
      reason: 'co-author/is-author',
    })
  })
})
