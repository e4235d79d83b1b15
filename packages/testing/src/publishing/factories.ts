import { createHash, randomBytes } from 'node:crypto'
import type { Queryable } from '@galley/db/client'
import {
  articleAuthors,
  articles,
  articleTags,
  comments,
  previewLinks,
  revisions,
  tags,
} from '@galley/db/schema'
import { RENDER_VERSION } from '@galley/markdown/rendered'

type NewArticle = Partial<typeof articles.$inferInsert> & { authorId: string }
type NewComment = Partial<typeof comments.$inferInsert> & {
  articleId: string
  authorId: string | null
}

type NewRevision = Partial<typeof revisions.$inferInsert> & { articleId: string; authorId: string }

let sequence = 0
const next = () => ++sequence

/** A published article, or what `values` say. */
export async function insertArticle(db: Queryable, values: NewArticle) {
  const number = next()
  const [article] = await db
    .insert(articles)
    .values({
      slug: `article-${number}`,
      title: `Article ${number}`,
      body: 'A text.',
      bodyHtml: '<p>A text.</p>',
      words: 2,
      renderVersion: RENDER_VERSION,
      status: 'published',
      publishedAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000),
      ...values,
    })
    .returning()
  if (!article) throw new Error('The article was not inserted')
  return article
}

/** A published article that carries a tag of its own, which is called as the article is. */
export async function insertTagged(db: Queryable, values: NewArticle) {
  const article = await insertArticle(db, values)
  const [tag] = await db.insert(tags).values({ slug: article.slug }).returning()
  if (!tag) throw new Error('The tag was not inserted')
  await db.insert(articleTags).values({ articleId: article.id, tagId: tag.id, position: 0 })
  return { slug: tag.slug, tagId: tag.id, article }
}

export async function insertComment(db: Queryable, values: NewComment) {
  const row = {
    body: 'A remark.',
    bodyHtml: '<p>A remark.</p>',
    renderVersion: RENDER_VERSION,
    ...values,
  }
  const [comment] = await db.insert(comments).values(row).returning()
  if (!comment) throw new Error('The comment was not inserted')
  return comment
}

/** The first text of an article, or what `values` say. */
export async function insertRevision(db: Queryable, values: NewRevision) {
  const at = new Date(Date.UTC(2026, 0, 1))
  const row = {
    version: 1,
    cause: 'created' as const,
    wasPublic: false,
    title: 'An article',
    description: '',
    body: 'A text.',
    tagSlugs: [],
    words: 2,
    createdAt: at,
    savedAt: at,
    ...values,
  }
  const [revision] = await db.insert(revisions).values(row).returning()
  if (!revision) throw new Error('The revision was not inserted')
  return revision
}

type NewCoAuthor = { articleId: string; userId: string; accepted?: boolean; position?: number }

/** Somebody who writes an article along or, where they have not accepted, is invited to. */
export async function insertCoAuthor(
  db: Queryable,
  { articleId, userId, accepted = true, position = 1 }: NewCoAuthor,
) {
  const acceptedAt = accepted ? new Date() : null
  await db.insert(articleAuthors).values({ articleId, userId, position, acceptedAt })
}

type NewLink = Partial<typeof previewLinks.$inferInsert> & { articleId: string; createdBy: string }

/** A preview link, and the token that it is opened by. */
export async function insertPreviewLink(db: Queryable, values: NewLink) {
  const token = randomBytes(32).toString('base64url')
  const row = {
    tokenHash: createHash('sha256').update(token).digest('hex'),
    name: 'A link',
    expiresAt: new Date(Date.now() + 3_600_000),
    ...values,
  }
  const [link] = await db.insert(previewLinks).values(row).returning()
  if (!link) throw new Error('The link was not inserted')
  return { ...link, token }
}
