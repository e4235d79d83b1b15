import type { Queryable } from '@galley/db/client'
import { articles, comments, users } from '@galley/db/schema'
import { RENDER_VERSION } from '@galley/markdown/rendered'

type NewUser = Partial<typeof users.$inferInsert>
type NewArticle = Partial<typeof articles.$inferInsert> & { authorId: string }
type NewComment = Partial<typeof comments.$inferInsert> & { articleId: string; authorId: string }

let sequence = 0
const next = () => ++sequence

/** An active author with a username and a verified address of their own. */
export async function insertUser(db: Queryable, values: NewUser = {}) {
  const username = values.username ?? `person-${next()}`
  const row = {
    email: `${username}@example.com`,
    role: 'author' as const,
    displayName: `Person ${username}`,
    emailVerifiedAt: new Date(),
    ...values,
    username,
  }
  const [user] = await db.insert(users).values(row).returning()
  if (!user) throw new Error('The user was not inserted')
  return user
}

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
