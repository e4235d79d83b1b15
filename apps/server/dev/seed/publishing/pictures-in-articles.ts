import type { FocalPoint } from '@galley/contract/platform/media'
import { pictureAddress } from '@galley/contract/publishing/pictures'
import { articles } from '@galley/db/schema'
import { updateArticle } from '@galley/publishing/articles/update'
import { eq } from 'drizzle-orm'
import type { UsePictures } from '../pictures/seed-pictures.ts'

type Use = { slug: string; author: string; cover?: string; focus?: FocalPoint; inText?: string }

const uses: Use[] = [
  {
    slug: 'dead-reckoning-is-still-worth-practising',
    author: 'lena-brandt',
    cover: 'towards-the-coast.jpg',
    focus: { x: 50, y: 30 },
    inText: 'first-light.jpg',
  },
  {
    slug: 'reading-the-sky-before-the-forecast',
    author: 'lena-brandt',
    cover: 'first-light.jpg',
  },
  {
    slug: 'what-beaufort-saw-in-his-sails',
    author: 'lena-brandt',
    cover: 'after-the-front.jpg',
  },
  { slug: 'plant-the-tree-small', author: 'ines-moreau', cover: 'garden-at-noon.jpg' },
  {
    slug: 'a-hedge-is-a-slow-machine',
    author: 'ines-moreau',
    cover: 'hedges-in-june.jpg',
    focus: { x: 50, y: 60 },
  },
]

/** Shows pictures of the media library in articles: above the text, and at its end. */
export const usePicturesInArticles: UsePictures = async (
  as,
  { markdown, ...deps },
  mediaByName,
) => {
  for (const { slug, author, cover, focus, inText } of uses) {
    const [article] = await deps.db.select().from(articles).where(eq(articles.slug, slug))
    if (!article) throw new Error(`The seed has no article ${slug}`)
    const shown = inText === undefined ? undefined : mediaByName.get(inText)
    const figure =
      shown && `![](${pictureAddress({ ...shown, decorative: false })} "${shown.caption}")`
    const ctx = { ...(await as(author)), markdown }
    await updateArticle(ctx, {
      id: article.id,
      version: 'any',
      coverMediaId: (cover === undefined ? undefined : mediaByName.get(cover)?.id) ?? null,
      coverFocus: focus ?? null,
      body: [article.body.trimEnd(), figure].filter(Boolean).join('\n\n'),
    })
    // Nobody has edited it.
    const { updatedAt } = article
    await deps.db.update(articles).set({ updatedAt }).where(eq(articles.id, article.id))
  }
}
