import { articles, mediaUses } from '@galley/db/schema'
import { deleteMedia, updateMedia } from '@galley/platform/media/change'
import { listMediaUses } from '@galley/platform/media/get'
import { findServedMedia } from '@galley/platform/media/open'
import { upload } from '@galley/platform/test/upload'
import { insertCoAuthor } from '@galley/testing/publishing/factories'
import { eq } from 'drizzle-orm'
import { describe, expect, test } from 'vitest'
import { useTestDomain } from '../../test/context.ts'
import { removeCoAuthor } from '../co-authors/manage.ts'
import { createArticle } from './create.ts'
import { deleteArticle } from './delete.ts'
import { getArticle } from './get.ts'
import { listArticles } from './list.ts'
import { previewArticle } from './preview.ts'
import { publishArticle, unpublishArticle } from './publish.ts'
import { updateArticle } from './update.ts'

const domain = useTestDomain()

type Person = Awaited<ReturnType<typeof domain.person>>

/** A picture that is ready. */
async function picture(ctx: Person, alt = 'A field.') {
  const made = await upload(ctx, { fields: { alt } })
  await domain.runJobs()
  return made
}

const usesOf = (articleId: string) =>
  domain.database.db
    .select({ mediaId: mediaUses.mediaId, isPublic: mediaUses.isPublic, title: mediaUses.title })
    .from(mediaUses)
    .where(eq(mediaUses.subjectId, articleId))

const read = async (ctx: Person, slug: string) => (await getArticle(ctx, { slug })).bodyHtml

describe('a picture in a text', () => {
  test('is shown in all sizes, and its use is written down and follows the article', async () => {
    const ctx = await domain.person()
    const { id } = await picture(ctx)
    const draft = await createArticle(ctx, { title: 'Rain', body: `A ![](/media/${id}) b` })
    expect(await read(ctx, draft.id)).toContain(`srcset="/media/${id}/320.avif 320w`)
    expect(await usesOf(draft.id)).toEqual([{ mediaId: id, isPublic: false, title: 'Rain' }])
    const { version } = await publishArticle(ctx, draft)
    expect(await usesOf(draft.id)).toMatchObject([{ isPublic: true }])
    const renamed = await updateArticle(ctx, { id: draft.id, version, title: 'Rain again' })
    expect(await usesOf(draft.id)).toMatchObject([{ title: 'Rain again', isPublic: true }])
    const back = await unpublishArticle(ctx, renamed)
    expect(await usesOf(draft.id)).toMatchObject([{ isPublic: false }])
    await deleteArticle(ctx, back)
    expect(await usesOf(draft.id)).toMatchObject([{ title: 'Rain again', isPublic: false }])
  })

  test('that is not ready yet comes when it is', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx, { fields: { alt: 'Later.' } })
    const { id: articleId } = await createArticle(ctx, { title: 'a', body: `![](/media/${id})` })
    expect(await read(ctx, articleId)).not.toContain('<img')
    await domain.runJobs()
    expect(await read(ctx, articleId)).toContain('alt="Later."')
  })

  test('that becomes ready while the text is rendered comes, too', async () => {
    const ctx = await domain.person()
    const { id } = await upload(ctx)
    const late = {
      ...ctx,
      markdown: {
        ...ctx.markdown,
        render: async (...wanted: Parameters<typeof ctx.markdown.render>) => {
          const rendered = await ctx.markdown.render(...wanted)
          await domain.runJobs()
          return rendered
        },
      },
    }
    const { id: articleId } = await createArticle(late, { title: 'a', body: `![x](/media/${id})` })
    expect(await read(ctx, articleId)).toContain('<picture>')
  })

  test('shows what is said of it by now, and is gone when it is', async () => {
    const ctx = await domain.person()
    const { id } = await picture(ctx)
    const { id: articleId } = await createArticle(ctx, { title: 'a', body: `![](/media/${id})` })
    await updateMedia(ctx, { id, alt: 'Two fields.' })
    await domain.runJobs()
    expect(await read(ctx, articleId)).toContain('alt="Two fields."')
    await deleteMedia(ctx, { id, force: true })
    await domain.runJobs()
    expect(await read(ctx, articleId)).not.toContain('<img')
  })

  test('of somebody else is neither shown nor made public', async () => {
    const { id } = await picture(await domain.person())
    const ctx = await domain.person()
    const draft = await createArticle(ctx, { title: 'a', body: `![mine](/media/${id})` })
    expect(await read(ctx, draft.id)).not.toContain('/media/')
    await publishArticle(ctx, draft)
    expect(await usesOf(draft.id)).toEqual([])
    expect((await previewArticle(ctx, { body: `![mine](/media/${id})` })).bodyHtml).not.toContain(
      '/media/',
    )
  })

  test('of an editor stays in the text of its author', async () => {
    const author = await domain.person()
    const editor = await domain.person({ role: 'editor' })
    const { id } = await picture(editor)
    const draft = await createArticle(author, { title: 'a', body: 'b' })
    const edited = await updateArticle(editor, {
      id: draft.id,
      version: 'any',
      body: `![e](/media/${id})`,
    })
    expect(await read(author, draft.id)).toContain('<picture>')
    const again = await updateArticle(author, {
      id: draft.id,
      version: edited.version,
      body: `c ![e](/media/${id})`,
    })
    expect(await read(author, again.id)).toContain('<picture>')
    expect(await usesOf(draft.id)).toMatchObject([{ mediaId: id }])
  })

  test('tells its owner of the articles in which they may see it, and counts the others', async () => {
    const [owner, other] = [await domain.person(), await domain.person()]
    const { id } = await picture(owner)
    const body = `![e](/media/${id})`
    await publishArticle(owner, await createArticle(owner, { title: 'Rain', body }))
    const draft = await createArticle(other, { title: 'Secret', body })
    const titles = async (person: Person) => {
      const { items, page } = await listMediaUses(person, { id, limit: 10, total: true })
      return [page.total, ...items.map(({ subject }) => subject.title)]
    }
    expect(await titles(owner)).toEqual([2, 'Rain'])
    expect(await titles(await domain.person({ role: 'admin' }))).toEqual([2, 'Secret', 'Rain'])
    await expect(deleteMedia(owner, { id, force: false })).rejects.toMatchObject({
      reason: 'media/in-use',
      fields: [{ message: 'Used in: Rain' }],
    })
    await publishArticle(other, draft)
    expect(await titles(owner)).toEqual([2, 'Secret', 'Rain'])
  })

  test('of a person who writes it no more is shown to its author, beside a preview too', async () => {
    const [author, partner] = [await domain.person(), await domain.person()]
    const { id } = await picture(partner)
    const body = `![e](/media/${id})`
    const { id: articleId } = await createArticle(author, { title: 'a', body: 'b' })
    const seen = () => findServedMedia(author, { id, variant: undefined })
    const hidden = { reason: 'media/not-found' }
    const { id: userId, username } = partner.actor.user
    await insertCoAuthor(domain.database.db, { articleId, userId })
    await expect(seen()).rejects.toMatchObject(hidden)
    await updateArticle(partner, { id: articleId, version: 1, body })
    await removeCoAuthor(author, { articleId, username })
    expect(await seen()).toMatchObject({ isPublic: false })
    expect((await previewArticle(author, { body })).bodyHtml).toContain('<picture>')
    // Also where it never had another author.
    const editor = await domain.person({ role: 'editor' })
    const other = await picture(editor)
    const edited = { id: articleId, version: 2, body: `![o](/media/${other.id})` }
    await updateArticle(editor, edited)
    expect(await findServedMedia(author, { id: other.id, variant: undefined })).toBeDefined()
    await expect(seen()).rejects.toMatchObject(hidden)
  })
})

describe('a cover', () => {
  test('is shown with its focal point in lists and on the page', async () => {
    const ctx = await domain.person()
    const { id: coverMediaId } = await picture(ctx)
    const coverFocus = { x: 20, y: 70 }
    const draft = await createArticle(ctx, {
      title: 'Covered',
      body: 'b',
      coverMediaId,
      coverFocus,
    })
    expect(draft).toMatchObject({ coverMediaId, coverFocus, coverUrl: null })
    await publishArticle(ctx, draft)
    const view = await getArticle(ctx, { slug: draft.slug })
    expect(view.cover).toMatchObject({
      id: coverMediaId,
      alt: 'A field.',
      focus: coverFocus,
      widths: [320, 350],
      formats: ['avif', 'webp', 'png'],
    })
    const { items } = await listArticles(ctx, { limit: 20, author: ctx.actor.user.username })
    expect(items.map(({ cover }) => cover)).toEqual([view.cover])
  })

  test('must be a picture of its author or editor', async () => {
    const ctx = await domain.person()
    const { id: coverMediaId } = await picture(await domain.person())
    const refused = { reason: 'media/not-found', fields: [{ path: 'coverMediaId' }] }
    await expect(createArticle(ctx, { title: 'a', coverMediaId })).rejects.toMatchObject(refused)
    expect(
      await domain.database.db.$count(articles, eq(articles.authorId, ctx.actor.user.id)),
    ).toBe(0)
    const { id } = await createArticle(ctx, { title: 'a' })
    await expect(updateArticle(ctx, { id, version: 1, coverMediaId })).rejects.toMatchObject(
      refused,
    )
  })

  test('that is deleted leaves the article without', async () => {
    const ctx = await domain.person()
    const { id: coverMediaId } = await picture(ctx)
    const draft = await createArticle(ctx, {
      title: 'a',
      body: 'b',
      coverMediaId,
      coverUrl: '/images/a.svg',
    })
    await deleteMedia(ctx, { id: coverMediaId, force: true })
    expect(await getArticle(ctx, { slug: draft.id })).toMatchObject({
      cover: null,
      coverUrl: '/images/a.svg',
    })
  })
})

describe('a picture without an alternative text keeps an article from being published', () => {
  const refused = (path: string) => ({
    reason: 'article/alt-missing',
    fields: [{ path, message: 'The picture “picture.png” needs an alternative text.' }],
  })

  test('in the text', async () => {
    const ctx = await domain.person()
    const { id } = await picture(ctx, '')
    const draft = await createArticle(ctx, { title: 'a', body: `Words ![](/media/${id})` })
    await expect(publishArticle(ctx, draft)).rejects.toMatchObject(refused('body'))
  })

  test.each(['![x](/media/ID)', '![](/media/ID#decorative)'])(
    'unless the text has one, or calls it decorative: %s',
    async (markdown) => {
      const ctx = await domain.person()
      const { id } = await picture(ctx, '')
      const draft = await createArticle(ctx, { title: 'a', body: markdown.replace('ID', id) })
      expect(await publishArticle(ctx, draft)).toMatchObject({ status: 'published' })
    },
  )

  test('as the cover, until the library has one or calls it decorative', async () => {
    const ctx = await domain.person()
    const { id: coverMediaId } = await picture(ctx, '')
    const draft = await createArticle(ctx, { title: 'a', body: 'b', coverMediaId })
    await expect(publishArticle(ctx, draft)).rejects.toMatchObject(refused('coverMediaId'))
    await updateMedia(ctx, { id: coverMediaId, decorative: true })
    expect(await publishArticle(ctx, draft)).toMatchObject({ status: 'published' })
  })

  test('also when it is put into one that is out', async () => {
    const ctx = await domain.person()
    const { id } = await picture(ctx, '')
    const { id: articleId, version } = await publishArticle(
      ctx,
      await createArticle(ctx, { title: 'a', body: 'b' }),
    )
    const change = { id: articleId, version }
    await expect(
      updateArticle(ctx, { ...change, body: `![](/media/${id})` }),
    ).rejects.toMatchObject(refused('body'))
    await expect(updateArticle(ctx, { ...change, coverMediaId: id })).rejects.toMatchObject(
      refused('coverMediaId'),
    )
    expect(await read(ctx, articleId)).toBe('<p>b</p>')
  })

  describe.each(['editor', 'co-author'])('also one of its %s', (kind) => {
    async function written() {
      const author = await domain.person()
      const other = await domain.person(kind === 'editor' ? { role: 'editor' } : {})
      const draft = await createArticle(author, { title: 'a', body: 'b' })
      if (kind === 'co-author')
        await insertCoAuthor(domain.database.db, {
          articleId: draft.id,
          userId: other.actor.user.id,
        })
      const { id: mediaId } = await picture(other, '')
      return { author, other, draft, mediaId }
    }

    test.each(['body', 'coverMediaId'])('put into an article that is out: %s', async (path) => {
      const { author, other, draft, mediaId } = await written()
      const { id, version } = await publishArticle(author, draft)
      const content =
        path === 'body' ? { body: `![](/media/${mediaId})` } : { coverMediaId: mediaId }
      await expect(updateArticle(other, { id, version, ...content })).rejects.toMatchObject(
        refused(path),
      )
      expect(await usesOf(id)).toEqual([])
    })
  })

  test('also one of the editor who publishes it', async () => {
    const author = await domain.person()
    const editor = await domain.person({ role: 'editor' })
    const { id: mediaId } = await picture(editor, '')
    const draft = await createArticle(author, { title: 'a', body: `b ![](/media/${mediaId})` })
    await expect(publishArticle(editor, draft)).rejects.toMatchObject(refused('body'))
  })
})

describe('a picture in an article that is out keeps its description', () => {
  const cleared = { alt: '', decorative: false }
  const refused = {
    reason: 'media/alt-missing',
    fields: [{ path: 'alt', message: 'Everybody sees it in: Rain' }],
  }

  test.each(['in the text', 'as the cover'])('%s', async (where) => {
    const ctx = await domain.person()
    const { id } = await picture(ctx)
    const used = where === 'in the text' ? { body: `![](/media/${id})` } : { coverMediaId: id }
    const draft = await createArticle(ctx, { title: 'Rain', body: 'b', ...used })
    expect(await updateMedia(ctx, { id, alt: '' })).toMatchObject({ alt: '' })
    await updateMedia(ctx, { id, alt: 'A field.' })
    const { version } = await publishArticle(ctx, draft)
    await expect(updateMedia(ctx, { id, alt: '' })).rejects.toMatchObject(refused)
    await updateMedia(ctx, { id, alt: '', decorative: true })
    await expect(updateMedia(ctx, { id, decorative: false })).rejects.toMatchObject(refused)
    await updateMedia(ctx, { id, alt: 'Another one.', decorative: false, caption: 'c' })
    await unpublishArticle(ctx, { id: draft.id, version })
    expect(await updateMedia(ctx, { id, ...cleared })).toMatchObject(cleared)
  })

  test('one without, since the text has its own, may still have a caption', async () => {
    const ctx = await domain.person()
    const { id } = await picture(ctx, '')
    await publishArticle(ctx, await createArticle(ctx, { title: 'a', body: `![x](/media/${id})` }))
    expect(await updateMedia(ctx, { id, caption: 'c' })).toMatchObject({ alt: '', caption: 'c' })
  })

  test('also when both happen at once', async () => {
    const ctx = await domain.person()
    for (let round = 0; round < 12; round++) {
      const { id } = await upload(ctx, { fields: { alt: 'A field.' } })
      const draft = await createArticle(ctx, { title: 'Rain', body: 'b', coverMediaId: id })
      const [published, taken] = await Promise.allSettled([
        publishArticle(ctx, draft),
        updateMedia(ctx, { id, alt: '' }),
      ])
      const outcome = [published.status, taken.status].toSorted()
      expect(outcome).toEqual(['fulfilled', 'rejected'])
    }
  })
})
